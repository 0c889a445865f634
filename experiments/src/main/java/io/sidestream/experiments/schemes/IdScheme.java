package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/**
 * A scheme that assigns Semantic IDs to items. A new scheme is one class that implements this,
 * listed in {@link IdSchemes#ALL}.
 */
public interface IdScheme {
  /** The published name, for example {@code search-tuned}; unique. */
  String name();

  /** The IDs of all items. Equal spaces, quantizers and seeds give equal IDs. */
  TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException;

  /** The space that queries and histories are embedded into as well, where there is one. */
  default Optional<EmbeddingSpace> searchable(EmbeddingSpaces spaces) throws IOException {
    return Optional.empty();
  }
}

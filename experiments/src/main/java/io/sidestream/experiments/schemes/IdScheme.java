package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/** One way to give items their Semantic IDs. A new way is one class that implements this. */
public interface IdScheme {
  /** As published, for example {@code search-tuned}; tells ways apart. */
  String name();

  /** What it is, in half a sentence. */
  String about();

  /** The IDs of all items. Equal spaces, quantizers and seeds give equal IDs. */
  TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException;

  /** The space that queries and histories lead into as well, where there is one. */
  default Optional<EmbeddingSpace> searchable(EmbeddingSpaces spaces) throws IOException {
    return Optional.empty();
  }
}

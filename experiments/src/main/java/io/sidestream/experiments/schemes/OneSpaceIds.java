package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantized;
import io.sidestream.learning.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/**
 * IDs for both tasks from the vectors of one space.
 *
 * @param searchable whether queries and histories are embedded into the space as well
 */
public record OneSpaceIds(String name, SpaceSource source, boolean searchable) implements IdScheme {
  /** One of the spaces. */
  @FunctionalInterface
  public interface SpaceSource {
    EmbeddingSpace in(EmbeddingSpaces spaces) throws IOException;
  }

  /** From a space of queries, histories and items. */
  static OneSpaceIds searchable(String name, SpaceSource source) {
    return new OneSpaceIds(name, source, true);
  }

  /** From a space of items only. */
  static OneSpaceIds ofItems(String name, SpaceSource source) {
    return new OneSpaceIds(name, source, false);
  }

  @Override
  public TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException {
    float[][] vectors = source.in(spaces).unitItems();
    Quantized fitted = quantizer.fit(vectors, seed, TrainingProgress.NONE);
    return TaskIds.shared(
        fitted.shape(),
        fitted.codes(),
        fitted.shape().levels() * fitted.shape().width(),
        QuantizationError.relative(vectors, fitted.reconstruction()),
        fitted.reconstruction());
  }

  @Override
  public Optional<EmbeddingSpace> searchable(EmbeddingSpaces spaces) throws IOException {
    return searchable ? Optional.of(source.in(spaces)) : Optional.empty();
  }
}

package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantized;
import io.sidestream.learning.quantizer.Quantizer;
import java.io.IOException;
import java.util.Optional;

/**
 * IDs for both tasks from the vectors of one space.
 *
 * @param leadsIn whether queries and histories lead into the space as well
 */
public record OneSpaceIds(String name, String about, SpaceSource source, boolean leadsIn)
    implements IdScheme {
  /** Takes one of the spaces. */
  @FunctionalInterface
  public interface SpaceSource {
    EmbeddingSpace in(EmbeddingSpaces spaces) throws IOException;
  }

  /** From a space of queries, histories and items. */
  static OneSpaceIds searchable(String name, String about, SpaceSource source) {
    return new OneSpaceIds(name, about, source, true);
  }

  /** From a space of items alone. */
  static OneSpaceIds ofItems(String name, String about, SpaceSource source) {
    return new OneSpaceIds(name, about, source, false);
  }

  @Override
  public TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException {
    float[][] vectors = source.in(spaces).unitItems();
    Quantized fitted = quantizer.fit(vectors, seed, TrainingProgress.NONE);
    return TaskIds.shared(
        fitted.shape(),
        fitted.codes(),
        fitted.shape().levels() * fitted.shape().width(),
        Energy.left(vectors, fitted.reconstruction()),
        fitted.reconstruction());
  }

  @Override
  public Optional<EmbeddingSpace> searchable(EmbeddingSpaces spaces) throws IOException {
    return leadsIn ? Optional.of(source.in(spaces)) : Optional.empty();
  }
}

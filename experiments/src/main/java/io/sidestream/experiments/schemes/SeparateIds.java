package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantized;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.model.codes.CodebookShape;
import java.io.IOException;

/** Two IDs for each item, one from each specialist's space, in disjoint tokens. */
final class SeparateIds implements IdScheme {
  /*
   * Both sets of codes live in one codebook shape of twice the width: search takes the lower half
   * of each level, and recommendation the upper. So one generator learns both, and each task is
   * decoded over the trie of its own IDs.
   */
  @Override
  public String name() {
    return "separate";
  }

  @Override
  public TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException {
    float[][] searchVectors = spaces.searchTuned().unitItems();
    float[][] recommendationVectors = spaces.recommendationTuned().unitItems();
    Quantized search = quantizer.fit(searchVectors, seed, TrainingProgress.NONE);
    Quantized recommendation = quantizer.fit(recommendationVectors, seed, TrainingProgress.NONE);
    CodebookShape one = search.shape();
    return new TaskIds(
        new CodebookShape(one.levels(), 2 * one.width()),
        search.codes(),
        CodeOffsets.from(recommendation.codes(), 0, one.width()),
        2 * one.levels() * one.width(),
        (QuantizationError.relative(searchVectors, search.reconstruction())
                + QuantizationError.relative(
                    recommendationVectors, recommendation.reconstruction()))
            / 2,
        recommendation.reconstruction());
  }
}

package io.sidestream.experiments.run;

import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.codebook.CentroidEstimator;
import io.sidestream.learning.generator.CentroidLogits;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;

/**
 * The initial embeddings of a small generator's codes: centroids of the texts of their items, then
 * of their reconstructions, as {@link PromptFeatures} order them.
 */
final class CodeInitialization {
  private static final double TEMPERATURE = 0.1;

  private CodeInitialization() {}

  static CentroidLogits of(Trial trial) {
    TaskIds ids = trial.ids();
    float[][] texts = trial.texts().vectors(trial.data().itemTexts());
    return CentroidLogits.of(
        concatenated(
            CentroidEstimator.of(ids.shape(), texts, ids.search()),
            CentroidEstimator.of(ids.shape(), ids.reconstructions(), ids.recommendation())),
        TEMPERATURE);
  }

  /** Each code's centroids of both, one after the other. */
  private static ResidualCodebook concatenated(ResidualCodebook one, ResidualCodebook other) {
    CodebookShape shape = one.shape();
    int dimensions = one.dimensions() + other.dimensions();
    float[][] centroids = new float[shape.levels()][shape.width() * dimensions];
    for (int level = 0; level < centroids.length; level++) {
      for (int code = 0; code < shape.width(); code++) {
        int at = code * dimensions;
        copy(one, level, code, centroids[level], at);
        copy(other, level, code, centroids[level], at + one.dimensions());
      }
    }
    return new ResidualCodebook(shape, dimensions, centroids);
  }

  private static void copy(ResidualCodebook from, int level, int code, float[] to, int at) {
    int dimensions = from.dimensions();
    System.arraycopy(from.centroids(level), code * dimensions, to, at, dimensions);
  }
}

package io.sidestream.experiments.trials;

import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.generator.CentroidLogits;
import io.sidestream.learning.quantizer.CentroidEstimator;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.vectors.Vectors;
import java.util.List;

/**
 * What a small generator sees of a prompt beside its tokens, and what it knows of its codes before
 * it learns. Vectors are E numbers for queries, then S for histories.
 *
 * @param textDimensions E, of the text encoder
 * @param said what the recommendation IDs say of each item, shape [row][S]
 * @param geometry of the codes in both
 */
record PromptFeatures(int textDimensions, float[][] said, CentroidLogits geometry) {
  /*
   * A generator from scratch can neither read nor know what its codes stand for; a pretrained one reads, and learns the rest
   * from millions of steps. In their place, for all ways alike: a query is seen as the text encoder gives it, a history as
   * the sum of what its items' IDs say, newest first; and a code begins as the mean of what it is about, in the texts of
   * its items and in the space that the IDs were made of. Nothing of an item but its ID and its text comes in this way, so
   * what differs between two ways is still their IDs alone: codes that group items by meaning can be found by words, others
   * not.
   */
  private static final double TEMPERATURE = 0.1;
  private static final double DECAY = 0.8;

  /**
   * @param texts of the items by the text encoder as it is, shape [row][E]
   */
  static PromptFeatures of(float[][] texts, TaskIds ids) {
    ResidualCodebook ofTexts = CentroidEstimator.of(ids.shape(), texts, ids.search());
    ResidualCodebook ofSpace = CentroidEstimator.of(ids.shape(), ids.said(), ids.recommendation());
    return new PromptFeatures(
        texts[0].length, ids.said(), CentroidLogits.of(beside(ofTexts, ofSpace), TEMPERATURE));
  }

  /** E + S. */
  int dimensions() {
    return textDimensions + said[0].length;
  }

  /** A query by its text's vector (E). */
  float[] query(float[] text) {
    float[] seen = new float[dimensions()];
    System.arraycopy(text, 0, seen, 0, textDimensions);
    return seen;
  }

  /** A history by what the IDs of its rows say, oldest first. */
  float[] history(List<Integer> rows) {
    float[] sum = new float[said[0].length];
    for (int row : rows) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] = (float) DECAY * sum[d] + said[row][d];
      }
    }
    float[] seen = new float[dimensions()];
    System.arraycopy(Vectors.normalize(sum), 0, seen, textDimensions, sum.length);
    return seen;
  }

  /** Each code's centroids of both, one after the other. */
  private static ResidualCodebook beside(ResidualCodebook one, ResidualCodebook other) {
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

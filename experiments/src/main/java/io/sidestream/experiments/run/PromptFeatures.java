package io.sidestream.experiments.run;

import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * The vector that a small generator reads beside a prompt's tokens: E numbers for queries, then S
 * for histories.
 *
 * @param textDimensions E, of the text encoder
 * @param reconstructions of the items' vectors from their recommendation IDs, shape [row][S]; not
 *     copied: as many as the catalogue has items
 */
record PromptFeatures(int textDimensions, float[][] reconstructions) {
  /*
   * A generator trained from scratch can neither read words nor know what its codes mean; a
   * pretrained one reads, and has been trained for millions of steps. To make up for it, equally
   * in all schemes: a query comes with the vector of the text encoder, a history with the decayed
   * sum of its items' reconstructions, and codes start at centroids (CodeInitialization). Of an
   * item nothing but its ID and its text comes in, so schemes still differ by their IDs alone:
   * codes that group items by meaning can be found by words, others cannot.
   */
  private static final double DECAY = 0.8;

  /** E + S. */
  int dimensions() {
    return textDimensions + reconstructions[0].length;
  }

  /** The features of a query with this text vector (E). */
  float[] query(float[] text) {
    return Arrays.copyOf(text, dimensions());
  }

  /** The features of a history, its rows oldest first. */
  float[] history(List<Integer> rows) {
    float[] sum = new float[reconstructions[0].length];
    for (int row : rows) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] = (float) DECAY * sum[d] + reconstructions[row][d];
      }
    }
    float[] features = new float[dimensions()];
    System.arraycopy(Vectors.normalize(sum), 0, features, textDimensions, sum.length);
    return features;
  }
}

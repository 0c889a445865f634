package io.sidestream.learning.codebook;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;

/** The residual codebook that describes given codes with the least squared error per level. */
public final class CentroidEstimator {
  private CentroidEstimator() {}

  /**
   * @param vectors shape [vector][D], at least one
   * @param codes shape [vector][level]
   */
  public static ResidualCodebook of(CodebookShape shape, float[][] vectors, int[][] codes) {
    float[][] centroids = new float[shape.levels()][];
    Residuals residuals = Residuals.of(vectors);
    for (int l = 0; l < centroids.length; l++) {
      int level = l;
      centroids[level] = means(residuals.rows(), codes, level, shape.width());
      residuals.subtract(centroids[level], row -> codes[row][level]);
    }
    return new ResidualCodebook(shape, vectors[0].length, centroids);
  }

  /** Shape [code * dimensions + dimension]; for an unused code the mean of all vectors. */
  private static float[] means(float[][] vectors, int[][] codes, int level, int width) {
    int dimensions = vectors[0].length;
    double[] sums = new double[width * dimensions];
    double[] all = new double[dimensions];
    int[] counts = new int[width];
    for (int row = 0; row < vectors.length; row++) {
      int code = codes[row][level];
      counts[code]++;
      for (int d = 0; d < dimensions; d++) {
        sums[code * dimensions + d] += vectors[row][d];
        all[d] += vectors[row][d];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      int count = counts[i / dimensions];
      means[i] = (float) (count > 0 ? sums[i] / count : all[i % dimensions] / vectors.length);
    }
    return means;
  }
}

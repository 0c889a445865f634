package io.sidestream.learning.quantizer;

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
    int dimensions = vectors[0].length;
    float[][] centroids = new float[shape.levels()][];
    float[][] residuals = new float[vectors.length][];
    for (int row = 0; row < vectors.length; row++) {
      residuals[row] = vectors[row].clone();
    }
    for (int level = 0; level < centroids.length; level++) {
      int[] of = level(codes, level);
      centroids[level] = means(residuals, of, shape.width());
      for (int row = 0; row < residuals.length; row++) {
        for (int d = 0; d < dimensions; d++) {
          residuals[row][d] -= centroids[level][of[row] * dimensions + d];
        }
      }
    }
    return new ResidualCodebook(shape, dimensions, centroids);
  }

  /** One level's codes, shape [vector]. */
  static int[] level(int[][] codes, int level) {
    int[] of = new int[codes.length];
    for (int row = 0; row < of.length; row++) {
      of[row] = codes[row][level];
    }
    return of;
  }

  /** Shape [code * dimensions + dimension]; for an unused code the mean of all. */
  static float[] means(float[][] vectors, int[] codes, int width) {
    int dimensions = vectors[0].length;
    double[] sums = new double[width * dimensions];
    double[] all = new double[dimensions];
    int[] counts = new int[width];
    for (int row = 0; row < vectors.length; row++) {
      counts[codes[row]]++;
      for (int d = 0; d < dimensions; d++) {
        sums[codes[row] * dimensions + d] += vectors[row][d];
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

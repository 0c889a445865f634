package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.codes.ResidualCodebook;

/** Squared errors of vectors that codes reconstruct, in double precision. Shapes: [row][D]. */
public final class QuantizationError {
  private QuantizationError() {}

  /** Sum of the squared lengths of all vectors. */
  public static double squaredLengths(float[][] vectors) {
    double sum = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  /** Sum of the squared distances between vectors and their reconstructions. */
  public static double squared(float[][] vectors, float[][] reconstructions) {
    double sum = 0;
    for (int row = 0; row < vectors.length; row++) {
      sum += squaredDistance(vectors[row], reconstructions[row], 0);
    }
    return sum;
  }

  /** Squared error over squared lengths: 0 is lossless, 1 as good as no codes at all. */
  public static double relative(float[][] vectors, float[][] reconstructions) {
    return relative(squared(vectors, reconstructions), vectors);
  }

  /**
   * The relative error of the first levels together, up to each level, coarse to fine.
   *
   * @param vectors shape [row][D], at least one
   * @param codes shape [row][level]
   */
  public static double[] relativeByLevel(
      ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    check(vectors.length > 0, "no vectors to measure, expected 1 or more");
    checkEqual(codes.length, vectors.length, "%d ids of vectors");
    Residuals residuals = Residuals.of(vectors);
    double[] errors = new double[codebook.shape().levels()];
    for (int l = 0; l < errors.length; l++) {
      int level = l;
      residuals.subtract(codebook.centroids(level), row -> codes[row][level]);
      errors[level] = relative(squaredLengths(residuals.rows()), vectors);
    }
    return errors;
  }

  static double relative(double error, float[][] vectors) {
    double whole = squaredLengths(vectors);
    return whole == 0 ? 0 : error / whole;
  }

  /** The squared distance of a vector to the centroid that begins at {@code offset}. */
  static double squaredDistance(float[] vector, float[] centroids, int offset) {
    double even = 0; // two sums, so that additions do not wait for each other
    double odd = 0;
    int d = 0;
    for (; d + 1 < vector.length; d += 2) {
      double one = (double) vector[d] - centroids[offset + d];
      double other = (double) vector[d + 1] - centroids[offset + d + 1];
      even += one * one;
      odd += other * other;
    }
    if (d < vector.length) {
      double last = (double) vector[d] - centroids[offset + d];
      even += last * last;
    }
    return even + odd;
  }
}

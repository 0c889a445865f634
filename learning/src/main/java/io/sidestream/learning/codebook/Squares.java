package io.sidestream.learning.codebook;

/** Sums of squares in double precision. */
public final class Squares {
  private Squares() {}

  /** The energy of all vectors together. */
  public static double sum(float[][] vectors) {
    double sum = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  /** The energy of the differences of two lists of vectors, row by row. */
  public static double difference(float[][] vectors, float[][] others) {
    double sum = 0;
    for (int row = 0; row < vectors.length; row++) {
      sum += distance(vectors[row], others[row], 0);
    }
    return sum;
  }

  /** The squared distance of a vector to the centroid that begins at {@code offset}. */
  static double distance(float[] vector, float[] centroids, int offset) {
    double sum = 0;
    for (int d = 0; d < vector.length; d++) {
      double difference = (double) vector[d] - centroids[offset + d];
      sum += difference * difference;
    }
    return sum;
  }
}

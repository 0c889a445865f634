package io.sidestream.trainer.codebook;

/** Sums of squares in double precision. */
final class Squares {
  private Squares() {}

  /** The energy of all vectors together. */
  static double sum(float[][] vectors) {
    double sum = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        sum += (double) value * value;
      }
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

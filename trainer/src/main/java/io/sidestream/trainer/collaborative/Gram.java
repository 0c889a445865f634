package io.sidestream.trainer.collaborative;

import java.util.stream.IntStream;

/** Sums of products of vectors in double precision, in an order that does not depend on threads. */
final class Gram {
  private static final int BLOCKS = 16;

  private Gram() {}

  /** Σ v·vᵀ over all vectors of length C, shape [C][C]. */
  static double[][] of(double[][] vectors) {
    int dimensions = vectors.length == 0 ? 0 : vectors[0].length;
    double[][] sum = new double[dimensions][dimensions];
    IntStream.range(0, BLOCKS)
        .parallel()
        .mapToObj(block -> block(vectors, block, dimensions))
        .toList()
        .forEach(
            part -> {
              for (int d = 0; d < dimensions; d++) {
                add(sum[d], part[d], 1);
              }
            });
    return sum;
  }

  private static double[][] block(double[][] vectors, int block, int dimensions) {
    double[][] sum = new double[dimensions][dimensions];
    int from = (int) ((long) vectors.length * block / BLOCKS);
    int to = (int) ((long) vectors.length * (block + 1) / BLOCKS);
    for (int row = from; row < to; row++) {
      for (int d = 0; d < dimensions; d++) {
        add(sum[d], vectors[row], vectors[row][d]);
      }
    }
    return sum;
  }

  /** The sum of the products of their cells. */
  static double product(double[][] one, double[][] other) {
    double sum = 0;
    for (int d = 0; d < Math.min(one.length, other.length); d++) {
      sum += dot(one[d], other[d]);
    }
    return sum;
  }

  /** to += vector · times. */
  static void add(double[] to, double[] vector, double times) {
    for (int d = 0; d < to.length; d++) {
      to[d] += vector[d] * times;
    }
  }

  /** In four sums, because one would wait for each addition. */
  static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int d = 0;
    for (; d + 3 < a.length; d += 4) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
    }
    for (; d < a.length; d++) {
      s0 += a[d] * b[d];
    }
    return s0 + s1 + (s2 + s3);
  }
}

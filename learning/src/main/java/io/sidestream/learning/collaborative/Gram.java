package io.sidestream.learning.collaborative;

import io.sidestream.model.vectors.Vectors;
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
      sum += Vectors.dot(one[d], other[d]);
    }
    return sum;
  }

  /** to += vector · times. */
  static void add(double[] to, double[] vector, double times) {
    for (int d = 0; d < to.length; d++) {
      to[d] += vector[d] * times;
    }
  }
}

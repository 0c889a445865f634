package io.sidestream.learning.collaborative;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The eigenvectors of the largest eigenvalues of a sparse symmetric matrix.
 *
 * @param values descending, shape [count]
 * @param vectors of length 1, shape [count][row]
 */
record LeadingEigenvectors(double[] values, double[][] vectors) {
  /*
   * Randomized subspace iteration: a block of random vectors, wider than asked for, is multiplied by the matrix and made
   * orthonormal a few times; the small matrix that the block sees (Rayleigh-Ritz) then gives values and vectors. Iteration
   * favours eigenvalues large in size, also negative ones; those sort last and are not asked for. Columns are worked on
   * in parallel and each by one thread, so that the sums do not depend on how many threads there are.
   * [1] Halko, Martinsson & Tropp 2011, arXiv 0909.4061, algorithms 4.4 and 5.3
   */
  private static final int SPARE = 16;

  static LeadingEigenvectors of(CoOccurrence matrix, int count, int iterations, long seed) {
    int rows = matrix.rows();
    int width = Math.min(rows, count + SPARE);
    double[][] block = random(width, rows, new SplittableRandom(seed));
    orthonormalize(block);
    for (int iteration = 0; iteration < iterations; iteration++) {
      block = multiply(matrix, block);
      orthonormalize(block);
    }
    double[][] seen = gram(block, multiply(matrix, block));
    SymmetricEigen small = SymmetricEigen.of(seen);
    int kept = Math.min(count, width);
    double[][] vectors = new double[kept][];
    double[][] basis = block;
    IntStream.range(0, kept)
        .parallel()
        .forEach(i -> vectors[i] = signed(combine(basis, small.vector(i))));
    return new LeadingEigenvectors(Arrays.copyOf(small.values(), kept), vectors);
  }

  private static double[][] random(int width, int rows, SplittableRandom random) {
    double[][] block = new double[width][rows];
    for (double[] column : block) {
      for (int row = 0; row < rows; row++) {
        column[row] = random.nextDouble() - 0.5;
      }
    }
    return block;
  }

  private static double[][] multiply(CoOccurrence matrix, double[][] block) {
    double[][] product = new double[block.length][matrix.rows()];
    IntStream.range(0, block.length).parallel().forEach(c -> matrix.multiply(block[c], product[c]));
    return product;
  }

  /** Modified Gram-Schmidt, twice, because once leaves what rounding put back. */
  private static void orthonormalize(double[][] block) {
    for (int pass = 0; pass < 2; pass++) {
      for (int c = 0; c < block.length; c++) {
        double[] unit = block[c];
        scaleToUnit(unit);
        IntStream.range(c + 1, block.length)
            .parallel()
            .forEach(later -> subtract(block[later], unit, dot(block[later], unit)));
      }
    }
  }

  private static double[][] gram(double[][] left, double[][] right) {
    double[][] gram = new double[left.length][left.length];
    IntStream.range(0, left.length)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < left.length; j++) {
                gram[i][j] = dot(left[i], right[j]);
              }
            });
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = (gram[i][j] + gram[j][i]) / 2;
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  private static double[] combine(double[][] block, double[] weights) {
    double[] sum = new double[block[0].length];
    for (int c = 0; c < block.length; c++) {
      subtract(sum, block[c], -weights[c]);
    }
    return sum;
  }

  /** Of a vector and its opposite, the one whose largest component is positive. */
  private static double[] signed(double[] vector) {
    double largest = 0;
    for (double component : vector) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    if (largest < 0) {
      for (int row = 0; row < vector.length; row++) {
        vector[row] = -vector[row];
      }
    }
    return vector;
  }

  private static void scaleToUnit(double[] vector) {
    double norm = Math.sqrt(dot(vector, vector));
    for (int row = 0; row < vector.length; row++) {
      vector[row] = norm > 0 ? vector[row] / norm : 0;
    }
  }

  private static void subtract(double[] from, double[] vector, double times) {
    for (int row = 0; row < from.length; row++) {
      from[row] -= times * vector[row];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      sum += a[row] * b[row];
    }
    return sum;
  }
}

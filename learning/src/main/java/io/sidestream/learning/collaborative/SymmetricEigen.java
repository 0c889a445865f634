package io.sidestream.learning.collaborative;

import java.util.stream.IntStream;

/** All eigenvalues and eigenvectors of a small dense symmetric matrix. */
final class SymmetricEigen {
  /*
   * Cyclic Jacobi: rotate away one cell off the diagonal after the other, in a fixed order, until what is left off the
   * diagonal is nothing beside what is on it. Cubic, and a few hundred columns at most come here; in exchange for its
   * slowness it is short, exact to the last digits and equal on every machine. [1] Golub & Van Loan, section 8.5
   */
  private static final int MAX_SWEEPS = 60;
  private static final double TOLERANCE = 1e-22;

  private final double[] values; // [i], descending
  private final double[][] vectors; // [i][component]

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  double[] values() {
    return values.clone();
  }

  /** The eigenvector of values()[i], of length 1. */
  double[] vector(int i) {
    return vectors[i].clone();
  }

  static SymmetricEigen of(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a =
        IntStream.range(0, n).mapToObj(i -> symmetric[i].clone()).toArray(double[][]::new);
    double[][] v = new double[n][n]; // rows become eigenvectors
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a) > TOLERANCE * onDiagonal(a); sweep++) {
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((i, j) -> Double.compare(a[j][j], a[i][i]))
            .mapToInt(i -> i)
            .toArray();
    return new SymmetricEigen(
        IntStream.of(order).mapToDouble(i -> a[i][i]).toArray(),
        IntStream.of(order).mapToObj(i -> v[i]).toArray(double[][]::new));
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int i = 0; i < a.length; i++) {
      double ip = a[i][p];
      double iq = a[i][q];
      a[i][p] = c * ip - s * iq;
      a[i][q] = s * ip + c * iq;
    }
    rotateRows(a[p], a[q], c, s);
    rotateRows(v[p], v[q], c, s);
  }

  private static void rotateRows(double[] rowP, double[] rowQ, double c, double s) {
    for (int i = 0; i < rowP.length; i++) {
      double p = rowP[i];
      double q = rowQ[i];
      rowP[i] = c * p - s * q;
      rowQ[i] = s * p + c * q;
    }
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static double onDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i][i] * a[i][i];
    }
    return sum;
  }
}

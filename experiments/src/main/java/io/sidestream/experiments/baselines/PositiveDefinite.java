package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import java.util.stream.IntStream;

/** Symmetric matrices without negative or zero eigenvalues. */
final class PositiveDefinite {
  /*
   * A = L L^T by Cholesky, then the inverse as M^T M with M = L^-1. All three steps work on whole rows, which lie in one
   * piece: the factor a block of columns at a time, each row below on its own; M a range of columns at a time; the product
   * a row at a time. So they share out to threads, and the sums come in the same order however many there are.
   */
  private static final int BLOCK = 64;

  private PositiveDefinite() {}

  /**
   * The inverse of a symmetric positive definite matrix, shape [n][n]; the matrix is overwritten.
   */
  static double[][] inverse(double[][] matrix) {
    factor(matrix);
    return square(inverseOfLower(matrix));
  }

  /** Replaces the lower triangle of A by L. */
  private static void factor(double[][] a) {
    int n = a.length;
    for (int from = 0; from < n; from += BLOCK) {
      int start = from;
      int end = Math.min(n, from + BLOCK);
      for (int row = start; row < end; row++) {
        solveRow(a, row, start, row);
        double left = a[row][row] - dot(a[row], a[row], row);
        check(left > 0, "matrix of %d rows is not positive definite at row %d", n, row);
        a[row][row] = Math.sqrt(left);
      }
      IntStream.range(end, n).parallel().forEach(row -> solveRow(a, row, start, end));
    }
  }

  /** The entries of L in one row, for columns whose rows of L are done. */
  private static void solveRow(double[][] a, int row, int from, int to) {
    for (int column = from; column < to; column++) {
      double left = a[row][column] - dot(a[row], a[column], column);
      a[row][column] = left / a[column][column];
    }
  }

  private static double[][] inverseOfLower(double[][] l) {
    int n = l.length;
    double[][] m = new double[n][n];
    int blocks = (n + BLOCK - 1) / BLOCK;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> solveColumns(l, m, block * BLOCK, Math.min(n, (block + 1) * BLOCK)));
    return m;
  }

  /** Columns of M = L^-1, by forward substitution: zero above the diagonal. */
  private static void solveColumns(double[][] l, double[][] m, int from, int to) {
    for (int row = from; row < l.length; row++) {
      double[] solved = m[row];
      if (row < to) {
        solved[row] = 1;
      }
      for (int k = from; k < row; k++) {
        addTimes(solved, -l[row][k], m[k], from, Math.min(to, k + 1));
      }
      for (int column = from; column < Math.min(to, row + 1); column++) {
        solved[column] /= l[row][row];
      }
    }
  }

  /** M^T M of a lower triangle. */
  private static double[][] square(double[][] m) {
    int n = m.length;
    double[][] product = new double[n][n];
    int blocks = (n + BLOCK - 1) / BLOCK;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> squareRows(m, product, block * BLOCK, Math.min(n, (block + 1) * BLOCK)));
    for (int row = 0; row < n; row++) {
      for (int column = row + 1; column < n; column++) {
        product[row][column] = product[column][row];
      }
    }
    return product;
  }

  private static void squareRows(double[][] m, double[][] product, int from, int to) {
    for (int k = from; k < m.length; k++) {
      for (int row = from; row < Math.min(to, k + 1); row++) {
        addTimes(product[row], m[k][row], m[k], 0, row + 1);
      }
    }
  }

  private static void addTimes(double[] sum, double factor, double[] row, int from, int to) {
    for (int column = from; column < to; column++) {
      sum[column] += factor * row[column];
    }
  }

  private static double dot(double[] a, double[] b, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int d = 0;
    for (; d + 3 < length; d += 4) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
    }
    for (; d < length; d++) {
      s0 += a[d] * b[d];
    }
    return (s0 + s1) + (s2 + s3);
  }
}

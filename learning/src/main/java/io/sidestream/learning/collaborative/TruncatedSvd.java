package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;

/** Rows in fewer dimensions: their coordinates along the leading right singular vectors. */
public final class TruncatedSvd {
  /*
   * X = U S V^T; the result is X V_d = U_d S_d, the best approximation of X of rank d in sum of squares (Eckart and Young
   * 1936), written in d numbers a row. V comes from the eigenvectors of X^T X, which is small: there are many more rows
   * than columns. Each vector's sign is chosen so that its largest component is positive, or machines would differ.
   */
  /** Most columns: the eigenproblem is cubic in them. */
  public static final int MAX_COLUMNS = 1_024;

  private TruncatedSvd() {}

  /**
   * @param rows shape [row][C], at least one row
   * @param dimensions 1 to C
   * @return shape [row][dimensions], the dimension with most energy first
   */
  public static float[][] project(float[][] rows, int dimensions) {
    check(rows.length > 0, "no rows to project, expected 1 or more");
    int columns = rows[0].length;
    check(columns <= MAX_COLUMNS, "rows of %d numbers, expected %d or fewer", columns, MAX_COLUMNS);
    check(
        dimensions > 0 && dimensions <= columns,
        "%d dimensions of %d, expected 1 to all",
        dimensions,
        columns);
    SymmetricEigen eigen = SymmetricEigen.of(gram(rows, columns));
    float[][] projected = new float[rows.length][dimensions];
    for (int d = 0; d < dimensions; d++) {
      double[] direction = signed(eigen.vector(d));
      for (int row = 0; row < rows.length; row++) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
          sum += rows[row][c] * direction[c];
        }
        projected[row][d] = (float) sum;
      }
    }
    return projected;
  }

  private static double[][] gram(float[][] rows, int columns) {
    double[][] gram = new double[columns][columns];
    for (float[] row : rows) {
      for (int i = 0; i < columns; i++) {
        for (int j = i; j < columns; j++) {
          gram[i][j] += (double) row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    return gram;
  }

  private static double[] signed(double[] vector) {
    double largest = 0;
    for (double component : vector) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    double[] signed = vector.clone();
    for (int i = 0; i < signed.length && largest < 0; i++) {
      signed[i] = -signed[i];
    }
    return signed;
  }
}

package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_MT_DDRM;

/** Truncated SVD: coordinates of rows along the leading right singular vectors. */
public final class TruncatedSvd {
  /*
   * X = U S V^T; the result is X V_d = U_d S_d, the best approximation of X of rank d in sum of
   * squares (Eckart and Young 1936), written in d numbers a row. V comes from the eigenvectors of
   * X^T X, which is small: there are many more rows than columns.
   */
  /** Maximum number of columns: the eigenproblem is cubic in them. */
  public static final int MAX_COLUMNS = 1_024;

  private TruncatedSvd() {}

  /**
   * @param rows shape [row][C], at least one row
   * @param dimensions 1 to C
   * @return shape [row][dimensions], by descending singular value
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
    DMatrixRMaj x = new DMatrixRMaj(rows.length, columns);
    for (int i = 0; i < x.getNumElements(); i++) {
      x.set(i, rows[i / columns][i % columns]);
    }
    DMatrixRMaj gram = new DMatrixRMaj(columns, columns);
    CommonOps_MT_DDRM.multTransA(x, x, gram);
    DMatrixRMaj directions =
        SymmetricEigen.withFixedSigns(SymmetricEigen.of(gram).vectors(dimensions));
    DMatrixRMaj projected = new DMatrixRMaj(rows.length, dimensions);
    CommonOps_MT_DDRM.mult(x, directions, projected);
    float[][] floats = new float[rows.length][dimensions];
    for (int i = 0; i < projected.getNumElements(); i++) {
      floats[i / dimensions][i % dimensions] = (float) projected.get(i);
    }
    return floats;
  }
}

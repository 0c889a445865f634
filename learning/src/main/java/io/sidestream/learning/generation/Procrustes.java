package io.sidestream.learning.generation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.vectors.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** The rotation that leads one set of vectors nearest to another. */
final class Procrustes {
  /*
   * Schönemann 1966, A generalized solution of the orthogonal Procrustes problem, Psychometrika 31,
   * 1–10: of all orthogonal R the least sum of |R a - b|² has R = V U^T with A^T B = U S V^T.
   */

  /** Most dimensions: the decomposition is cubic in them. */
  static final int MAX_DIMENSIONS = 1_024;

  private Procrustes() {}

  /**
   * @param from shape [i][D], one at least
   * @param to where each is to lead, likewise
   * @return R (D, D)
   */
  static Matrix rotation(float[][] from, float[][] to) {
    check(
        from.length == to.length && from.length > 0,
        "%d vectors lead to %d, expected as many, 1 or more",
        from.length,
        to.length);
    int dimensions = from[0].length;
    check(
        dimensions <= MAX_DIMENSIONS,
        "vectors of %d dimensions, expected %d or fewer",
        dimensions,
        MAX_DIMENSIONS);
    DMatrixRMaj product = new DMatrixRMaj(dimensions, dimensions);
    CommonOps_MT_DDRM.multTransA(rows(from), rows(to), product);
    SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.svd(dimensions, dimensions, true, true, true);
    check(decomposition.decompose(product), "vectors have no singular values");
    DMatrixRMaj rotation = new DMatrixRMaj(dimensions, dimensions);
    CommonOps_DDRM.mult(decomposition.getU(null, false), decomposition.getV(null, true), rotation);
    float[] values = new float[dimensions * dimensions];
    for (int row = 0; row < dimensions; row++) {
      for (int column = 0; column < dimensions; column++) {
        values[row * dimensions + column] = (float) rotation.get(column, row);
      }
    }
    return new Matrix(dimensions, dimensions, values);
  }

  private static DMatrixRMaj rows(float[][] vectors) {
    DMatrixRMaj rows = new DMatrixRMaj(vectors.length, vectors[0].length);
    for (int i = 0; i < vectors.length; i++) {
      for (int d = 0; d < vectors[i].length; d++) {
        rows.set(i, d, vectors[i][d]);
      }
    }
    return rows;
  }
}

package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues and eigenvectors of a small dense symmetric matrix, the largest values first. */
final class SymmetricEigen {
  private final EigenDecomposition_F64<DMatrixRMaj> eigen;
  private final int[] order; // [i] of the decomposition

  private SymmetricEigen(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    this.eigen = eigen;
    this.order =
        IntStream.range(0, eigen.getNumberOfEigenvalues())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(i -> i)
            .toArray();
  }

  /**
   * @param symmetric is overwritten
   */
  static SymmetricEigen of(DMatrixRMaj symmetric) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, true, true);
    check(eigen.decompose(symmetric), "eigenvalues of %d rows do not converge", symmetric.numRows);
    return new SymmetricEigen(eigen);
  }

  /** Descending, shape [count]. */
  double[] values(int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> eigen.getEigenvalue(order[i]).getReal())
        .toArray();
  }

  /** The eigenvectors of {@link #values}, of length 1, as columns: shape (rows, count). */
  DMatrixRMaj vectors(int count) {
    DMatrixRMaj vectors = new DMatrixRMaj(order.length, count);
    for (int column = 0; column < count; column++) {
      CommonOps_DDRM.insert(eigen.getEigenVector(order[column]), vectors, 0, column);
    }
    return vectors;
  }

  /**
   * Of each column and its opposite, takes the one whose largest component is positive: which of
   * them a decomposition gives is arbitrary.
   */
  static DMatrixRMaj withFixedSigns(DMatrixRMaj columns) {
    for (int column = 0; column < columns.numCols; column++) {
      double largest = 0;
      for (int row = 0; row < columns.numRows; row++) {
        double component = columns.get(row, column);
        largest = Math.abs(component) > Math.abs(largest) ? component : largest;
      }
      if (largest < 0) {
        CommonOps_DDRM.scaleCol(-1, columns, column);
      }
    }
    return columns;
  }
}

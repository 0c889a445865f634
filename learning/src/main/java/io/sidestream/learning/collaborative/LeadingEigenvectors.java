package io.sidestream.learning.collaborative;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_MT_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** The eigenvectors of the largest eigenvalues of a large symmetric matrix. */
public final class LeadingEigenvectors {
  /*
   * Randomized subspace iteration: a block of random vectors, more than requested, is multiplied by
   * the matrix and made orthonormal a few times; the matrix projected on the block (Rayleigh-Ritz)
   * then gives values and vectors. Iteration favours eigenvalues of large size, also negative ones;
   * those sort last and are dropped.
   * [1] Halko, Martinsson & Tropp 2011, arXiv 0909.4061, algorithms 4.4 and 5.3
   */
  private static final int OVERSAMPLING = 16;

  private final double[] values; // [i], descending
  private final DMatrixRMaj vectors; // (rows, count)

  private LeadingEigenvectors(double[] values, DMatrixRMaj vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Finds them by the matrix alone.
   *
   * @param rows of the matrix
   * @param times the matrix times a dense block of columns, shape (rows, any)
   */
  public static LeadingEigenvectors of(
      int rows, UnaryOperator<DMatrixRMaj> times, int count, int iterations, long seed) {
    int width = Math.min(rows, count + OVERSAMPLING);
    DMatrixRMaj block = orthonormal(RandomMatrices_DDRM.rectangle(rows, width, new Random(seed)));
    for (int iteration = 0; iteration < iterations; iteration++) {
      block = orthonormal(times.apply(block));
    }
    DMatrixRMaj projected = new DMatrixRMaj(width, width);
    CommonOps_MT_DDRM.multTransA(block, times.apply(block), projected);
    SymmetricEigen small = SymmetricEigen.of(projected);
    int kept = Math.min(count, width);
    DMatrixRMaj vectors = new DMatrixRMaj(rows, kept);
    CommonOps_MT_DDRM.mult(block, small.vectors(kept), vectors);
    return new LeadingEigenvectors(small.values(kept), SymmetricEigen.withFixedSigns(vectors));
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj block) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_MT_DDRM.qr(block.numRows, block.numCols);
    qr.decompose(block);
    return qr.getQ(null, true);
  }

  int count() {
    return values.length;
  }

  /** The i-th largest eigenvalue. */
  public double value(int i) {
    return values[i];
  }

  /** Component of the i-th eigenvector, which has length 1. */
  public double component(int row, int i) {
    return vectors.get(row, i);
  }
}

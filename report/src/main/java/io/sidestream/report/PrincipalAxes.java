package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The first two principal axes of a set of vectors, around their mean: Pearson 1901.
 *
 * <p>An axis has the sign that makes its largest entry positive.
 */
final class PrincipalAxes {
  private final double[] mean; // [dimension]
  private final List<double[]> axes; // two of [dimension]

  private PrincipalAxes(double[] mean, List<double[]> axes) {
    this.mean = mean;
    this.axes = axes;
  }

  /**
   * The axes of these vectors.
   *
   * @param vectors [row][dimension], at least one row, at least two dimensions, finite
   */
  static PrincipalAxes of(float[][] vectors) {
    check(vectors.length > 0, "no vectors, expected at least one");
    int dimensions = vectors[0].length;
    check(dimensions >= 2, "vectors have %d dimensions, expected at least 2", dimensions);
    for (float[] vector : vectors) {
      check(
          vector.length == dimensions,
          "vector has %d dimensions, the first has %d",
          vector.length,
          dimensions);
      for (float value : vector) {
        ReportLimits.checkFinite("entry of a vector", value);
      }
    }
    double[] mean = mean(vectors);
    return new PrincipalAxes(mean, axes(vectors, mean));
  }

  /** The coordinates of vectors on the two axes, in their order. */
  List<Point> project(List<float[]> vectors) {
    List<Point> points = new ArrayList<>(vectors.size());
    for (float[] vector : vectors) {
      points.add(new Point(along(axes.get(0), vector), along(axes.get(1), vector)));
    }
    return points;
  }

  private double along(double[] axis, float[] vector) {
    double sum = 0;
    for (int d = 0; d < axis.length; d++) {
      sum += axis[d] * (vector[d] - mean[d]);
    }
    return sum;
  }

  private static double[] mean(float[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d] / (double) vectors.length;
      }
    }
    return mean;
  }

  private static List<double[]> axes(float[][] vectors, double[] mean) {
    DMatrixRMaj centred = new DMatrixRMaj(vectors.length, mean.length);
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < mean.length; d++) {
        centred.set(row, d, vectors[row][d] - mean[d]);
      }
    }
    DMatrixRMaj scatter = new DMatrixRMaj(mean.length, mean.length);
    CommonOps_DDRM.multInner(centred, scatter);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(mean.length, true, true);
    check(eigen.decompose(scatter), "axes of %d vectors do not converge", vectors.length);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      order.add(i);
    }
    order.sort((a, b) -> Double.compare(value(eigen, b), value(eigen, a)));
    return List.of(axis(eigen, order.get(0)), axis(eigen, order.get(1)));
  }

  private static double value(EigenDecomposition_F64<DMatrixRMaj> eigen, int i) {
    return eigen.getEigenvalue(i).getReal();
  }

  private static double[] axis(EigenDecomposition_F64<DMatrixRMaj> eigen, int i) {
    double[] axis = eigen.getEigenVector(i).getData().clone();
    double largest = 0;
    for (double entry : axis) {
      largest = Math.abs(entry) > Math.abs(largest) + 1e-9 ? entry : largest;
    }
    for (int d = 0; d < axis.length; d++) {
      axis[d] *= largest < 0 ? -1 : 1;
    }
    return axis;
  }
}

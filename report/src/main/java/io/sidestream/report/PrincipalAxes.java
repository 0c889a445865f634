package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The two directions in which a set of vectors varies most, and the mean that they start from. */
final class PrincipalAxes {
  /*
   * Power iteration on the covariance, never formed: each round is one pass over the rows, C v =
   * X^T (X v) / n, cheaper than an eigensolver where two axes of some hundred are wanted. The
   * second axis is kept orthogonal to the first in every round. The start is the coordinate axis
   * of greatest variance, tilted a little towards all others, so that it cannot be orthogonal to
   * the axis that is sought, and no seed is needed. Of the two signs of an axis the one is taken
   * that makes its largest entry positive. Pearson 1901; Golub and Van Loan, section 7.3.
   */
  private static final int MAX_ROUNDS = 300;
  private static final double CONVERGED = 1e-10;
  private static final double TILT = 1e-3;

  private final double[] mean; // [dimension]
  private final double[][] axes; // [2][dimension]

  private PrincipalAxes(double[] mean, double[][] axes) {
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
    double[] first = axis(vectors, mean, new double[dimensions]);
    return new PrincipalAxes(mean, new double[][] {first, axis(vectors, mean, first)});
  }

  /** Where vectors lie on the two axes, in their order. */
  List<Point> project(List<float[]> vectors) {
    List<Point> points = new ArrayList<>(vectors.size());
    for (float[] vector : vectors) {
      points.add(new Point(along(axes[0], vector), along(axes[1], vector)));
    }
    return points;
  }

  private double along(double[] axis, float[] vector) {
    check(
        vector.length == mean.length,
        "vector has %d dimensions, the axes have %d",
        vector.length,
        mean.length);
    return dot(axis, vector, mean);
  }

  /** The axis of greatest variance orthogonal to another; the other may be zero. */
  private static double[] axis(float[][] vectors, double[] mean, double[] other) {
    double[] axis = start(vectors, mean, other);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double[] next = covarianceTimes(vectors, mean, axis);
      removeComponent(next, other);
      if (!normalize(next)) {
        return axis; // no variance is left: every direction is as good
      }
      double change = distance(axis, next);
      axis = next;
      if (change < CONVERGED) {
        break;
      }
    }
    return withPositiveLargest(axis);
  }

  private static double[] start(float[][] vectors, double[] mean, double[] other) {
    double[] variance = new double[mean.length];
    for (float[] vector : vectors) {
      for (int d = 0; d < mean.length; d++) {
        variance[d] += (vector[d] - mean[d]) * (vector[d] - mean[d]);
      }
    }
    int widest = -1;
    for (int d = 0; d < mean.length; d++) {
      boolean free = Math.abs(other[d]) < Math.sqrt(0.5) + TILT;
      if (free && (widest < 0 || variance[d] > variance[widest])) {
        widest = d;
      }
    }
    double[] start = new double[mean.length];
    Arrays.fill(start, TILT);
    start[widest] = 1;
    removeComponent(start, other);
    normalize(start);
    return start;
  }

  private static double[] covarianceTimes(float[][] vectors, double[] mean, double[] axis) {
    double[] product = new double[mean.length];
    for (float[] vector : vectors) {
      double along = dot(axis, vector, mean);
      for (int d = 0; d < mean.length; d++) {
        product[d] += along * (vector[d] - mean[d]);
      }
    }
    return product;
  }

  private static double[] mean(float[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d];
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= vectors.length;
    }
    return mean;
  }

  private static double dot(double[] axis, float[] vector, double[] mean) {
    double sum = 0;
    for (int d = 0; d < axis.length; d++) {
      sum += axis[d] * (vector[d] - mean[d]);
    }
    return sum;
  }

  private static void removeComponent(double[] vector, double[] unit) {
    double along = 0;
    for (int d = 0; d < vector.length; d++) {
      along += vector[d] * unit[d];
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] -= along * unit[d];
    }
  }

  /** Makes a vector of length one; false, and nothing done, when it has next to none. */
  private static boolean normalize(double[] vector) {
    double norm = Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
    if (norm < 1e-30) {
      return false;
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= norm;
    }
    return true;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (one[d] - other[d]) * (one[d] - other[d]);
    }
    return Math.sqrt(sum);
  }

  private static double[] withPositiveLargest(double[] axis) {
    double largest = 0;
    for (double value : axis) {
      largest = Math.abs(value) > Math.abs(largest) + 1e-9 ? value : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    return Arrays.stream(axis).map(value -> sign * value).toArray();
  }
}

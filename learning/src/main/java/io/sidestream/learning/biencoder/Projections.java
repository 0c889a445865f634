package io.sidestream.learning.biencoder;

import io.sidestream.model.vectors.Matrix;
import java.util.SplittableRandom;

/** Initial projections that keep inner products as far as possible. */
final class Projections {
  /** Vectors that are sampled to estimate the moments. */
  static final int SAMPLE = 4096;

  private static final int ITERATIONS = 12;
  private static final double NOTHING_LEFT = 1e-10;

  private Projections() {}

  /**
   * The map onto the directions in which vectors of length E differ most from 0, so that inner
   * products survive as well as so few dimensions allow. Shape (dimensions, E).
   */
  static Matrix principal(float[][] vectors, int dimensions, SplittableRandom random) {
    int columns = vectors[0].length;
    if (dimensions >= columns) {
      return orthogonal(dimensions, columns, random);
    }
    double[][] moments = moments(vectors); // (E, E)
    double[][] basis = gaussian(dimensions, columns, random); // (D, E)
    for (int i = 0; i < ITERATIONS; i++) {
      basis = orthonormal(product(basis, moments), random);
    }
    return matrix(basis);
  }

  /** A random map that keeps lengths where it can: orthonormal rows, or columns if fewer. */
  static Matrix orthogonal(int rows, int columns, SplittableRandom random) {
    double[][] basis =
        orthonormal(gaussian(Math.min(rows, columns), Math.max(rows, columns), random), random);
    return matrix(rows <= columns ? basis : transposed(basis));
  }

  /** The map that changes nothing. Shape (dimensions, dimensions). */
  static Matrix identity(int dimensions) {
    float[] values = new float[dimensions * dimensions];
    for (int d = 0; d < dimensions; d++) {
      values[d * dimensions + d] = 1;
    }
    return new Matrix(dimensions, dimensions, values);
  }

  private static double[][] moments(float[][] vectors) {
    int columns = vectors[0].length;
    double[][] moments = new double[columns][columns];
    int stride = (vectors.length + SAMPLE - 1) / SAMPLE;
    for (int row = 0; row < vectors.length; row += stride) {
      addOuter(vectors[row], moments);
    }
    return moments;
  }

  private static void addOuter(float[] vector, double[][] moments) {
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        moments[i][j] += (double) vector[i] * vector[j];
      }
    }
  }

  private static double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int row = 0; row < left.length; row++) {
      for (int i = 0; i < right.length; i++) {
        addScaled(product[row], left[row][i], right[i]);
      }
    }
    return product;
  }

  /**
   * Gram and Schmidt, twice for precision; a linearly dependent row is replaced by a random one.
   */
  private static double[][] orthonormal(double[][] rows, SplittableRandom random) {
    for (int row = 0; row < rows.length; row++) {
      scale(rows[row]);
      while (!cleared(rows, row)) {
        rows[row] = gaussian(1, rows[row].length, random)[0];
        scale(rows[row]);
      }
    }
    return rows;
  }

  private static boolean cleared(double[][] rows, int row) {
    for (int pass = 0; pass < 2; pass++) {
      for (int before = 0; before < row; before++) {
        addScaled(rows[row], -dot(rows[row], rows[before]), rows[before]);
      }
      if (dot(rows[row], rows[row]) < NOTHING_LEFT) {
        return false;
      }
      scale(rows[row]);
    }
    return true;
  }

  private static void scale(double[] row) {
    double norm = Math.sqrt(dot(row, row));
    for (int i = 0; i < row.length && norm > 0; i++) {
      row[i] /= norm;
    }
  }

  private static void addScaled(double[] sum, double factor, double[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] gaussian(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return values;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] transposed = new double[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[0].length; column++) {
        transposed[column][row] = rows[row][column];
      }
    }
    return transposed;
  }

  private static Matrix matrix(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return new Matrix(rows.length, rows[0].length, values);
  }
}

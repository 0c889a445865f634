package io.sidestream.learning.collaborative;

import io.sidestream.model.vectors.Vectors;

/**
 * The least squares problem of one row with the vectors of the other side fixed: (G + Σ (c - 1)
 * y·yᵀ + pull) x = Σ c y, over the row's events. Threads may share it.
 */
final class LeastSquaresRow {
  private final double[][] others; // [row of the other side][C]
  private final double[][] gram; // [C][C], of all others
  private final AlternatingLeastSquares.Settings settings;

  LeastSquaresRow(double[][] others, AlternatingLeastSquares.Settings settings) {
    this.others = others;
    this.gram = Gram.of(others);
    this.settings = settings;
  }

  /** Moves x towards the solution by the settings' number of steps. */
  void improve(double[] x, int[] rows, float[] weights) {
    // Conjugate gradients [Golub & Van Loan, algorithm 11.3.3]; ends early at the exact solution.
    double[] residual = target(x.length, rows, weights);
    Gram.add(residual, times(x, rows, weights), -1);
    double[] direction = residual.clone();
    double left = Vectors.dot(residual, residual);
    for (int step = 0; step < settings.conjugateSteps() && left > Double.MIN_NORMAL; step++) {
      double[] image = times(direction, rows, weights);
      double length = left / Vectors.dot(direction, image);
      Gram.add(x, direction, length);
      Gram.add(residual, image, -length);
      double now = Vectors.dot(residual, residual);
      for (int d = 0; d < x.length; d++) {
        direction[d] = residual[d] + now / left * direction[d];
      }
      left = now;
    }
  }

  private double[] target(int dimensions, int[] rows, float[] weights) {
    double[] sum = new double[dimensions];
    for (int i = 0; i < rows.length; i++) {
      Gram.add(sum, others[rows[i]], 1 + settings.alpha() * weights[i]);
    }
    return sum;
  }

  /** The row's matrix times a vector. */
  private double[] times(double[] vector, int[] rows, float[] weights) {
    double[] product = new double[vector.length];
    Gram.add(product, vector, settings.pull(rows.length));
    for (int d = 0; d < vector.length; d++) {
      Gram.add(product, gram[d], vector[d]);
    }
    for (int i = 0; i < rows.length; i++) {
      double[] other = others[rows[i]];
      Gram.add(product, other, settings.alpha() * weights[i] * Vectors.dot(other, vector));
    }
    return product;
  }

  static float[] floats(double[] vector) {
    float[] floats = new float[vector.length];
    for (int d = 0; d < floats.length; d++) {
      floats[d] = (float) vector[d];
    }
    return floats;
  }
}

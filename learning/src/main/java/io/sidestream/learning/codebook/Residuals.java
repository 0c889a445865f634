package io.sidestream.learning.codebook;

import java.util.function.IntUnaryOperator;

/** What is left of each vector after the levels so far. Changes as levels are taken off. */
final class Residuals {
  private final float[][] rows; // [vector][dimension]

  private Residuals(float[][] rows) {
    this.rows = rows;
  }

  /** All of each vector is left. */
  static Residuals of(float[][] vectors) {
    float[][] rows = new float[vectors.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = vectors[row].clone();
    }
    return new Residuals(rows);
  }

  /** Not a copy. */
  float[][] rows() {
    return rows;
  }

  /**
   * Takes the centroid off that each vector's code names.
   *
   * @param centroids shape [code * dimensions + dimension]
   * @param code from row to code
   */
  void subtract(float[] centroids, IntUnaryOperator code) {
    for (int row = 0; row < rows.length; row++) {
      float[] residual = rows[row];
      int offset = code.applyAsInt(row) * residual.length;
      for (int d = 0; d < residual.length; d++) {
        residual[d] -= centroids[offset + d];
      }
    }
  }
}

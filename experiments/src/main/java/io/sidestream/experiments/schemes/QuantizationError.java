package io.sidestream.experiments.schemes;

import io.sidestream.learning.codebook.Squares;

/** The error of quantized vectors. */
final class QuantizationError {
  private QuantizationError() {}

  /** Squared error of reconstructions over the vectors' sum of squares. Shapes: [row][D]. */
  static double relative(float[][] vectors, float[][] reconstructions) {
    double whole = Squares.sum(vectors);
    return whole == 0 ? 0 : Squares.difference(vectors, reconstructions) / whole;
  }
}

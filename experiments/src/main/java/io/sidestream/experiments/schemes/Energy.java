package io.sidestream.experiments.schemes;

import io.sidestream.learning.codebook.Squares;

/** How much of vectors is lost. */
final class Energy {
  private Energy() {}

  /** Share of the sum of squares that reconstructions miss. Shapes: [row][D]. */
  static double left(float[][] vectors, float[][] reconstructions) {
    double whole = Squares.sum(vectors);
    return whole == 0 ? 0 : Squares.difference(vectors, reconstructions) / whole;
  }
}

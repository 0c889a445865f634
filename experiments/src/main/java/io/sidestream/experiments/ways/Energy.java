package io.sidestream.experiments.ways;

/** How much of vectors is lost. */
final class Energy {
  private Energy() {}

  /** Share of the sum of squares that reconstructions miss. Shapes: [row][D]. */
  static double left(float[][] vectors, float[][] reconstructions) {
    double missed = 0;
    double whole = 0;
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < vectors[row].length; d++) {
        double difference = vectors[row][d] - reconstructions[row][d];
        missed += difference * difference;
        whole += (double) vectors[row][d] * vectors[row][d];
      }
    }
    return whole == 0 ? 0 : missed / whole;
  }
}

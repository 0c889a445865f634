package io.sidestream.experiments.schemes;

import static io.sidestream.schemas.Checks.check;

/** The concatenation of two spaces. */
final class ConcatenatedVectors {
  private ConcatenatedVectors() {}

  /** Row by row, first the one, then the other. Shapes: [row][A], [row][B], result [row][A + B]. */
  static float[][] of(float[][] one, float[][] other) {
    check(
        one.length == other.length, "%d and %d items, expected as many", one.length, other.length);
    float[][] joined = new float[one.length][];
    for (int row = 0; row < joined.length; row++) {
      joined[row] = new float[one[row].length + other[row].length];
      System.arraycopy(one[row], 0, joined[row], 0, one[row].length);
      System.arraycopy(other[row], 0, joined[row], one[row].length, other[row].length);
    }
    return joined;
  }
}

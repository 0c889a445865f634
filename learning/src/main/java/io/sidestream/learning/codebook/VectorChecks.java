package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;

/** Checks of vectors that are to be quantized. */
public final class VectorChecks {
  private VectorChecks() {}

  /** The length of the vectors: at least one, all alike, finite. */
  public static int dimensions(float[][] vectors) {
    check(vectors.length > 0, "no vectors to quantize, expected 1 or more");
    int dimensions = vectors[0].length;
    check(dimensions > 0, "vectors have 0 dimensions, expected 1 or more");
    for (int row = 0; row < vectors.length; row++) {
      check(
          vectors[row].length == dimensions,
          "vector %d has %d dimensions, expected %d",
          row,
          vectors[row].length,
          dimensions);
      for (float value : vectors[row]) {
        check(Float.isFinite(value), "vector %d holds %s, expected finite numbers", row, value);
      }
    }
    return dimensions;
  }
}

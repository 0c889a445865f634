package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import org.junit.jupiter.api.Test;

class QuantizationErrorTest {
  private static final ResidualCodebook CODEBOOK =
      new ResidualCodebook(new CodebookShape(2, 2), 1, new float[][] {{-4, 4}, {-1, 1}});

  @Test
  void relativeByLevel_knownCodes_isThatOfTheFirstLevels() {
    float[][] vectors = {{3}, {3}, {5}, {-6}};
    int[][] codes = {{1, 0}, {1, 0}, {1, 1}, {0, 0}};

    assertArrayEquals(
        new double[] {7.0 / 79, 1.0 / 79},
        QuantizationError.relativeByLevel(CODEBOOK, vectors, codes),
        1e-12);
  }

  @Test
  void relative_knownReconstructions_isSquaredErrorOverSquaredLengths() {
    float[][] vectors = {{1}, {3}, {10}, {14}};

    assertEquals(1, QuantizationError.relative(vectors, new float[4][1]), 1e-12);
    assertEquals(
        4.0 / 306,
        QuantizationError.relative(vectors, new float[][] {{1}, {3}, {10}, {12}}),
        1e-12);
  }
}

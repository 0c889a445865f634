package io.sidestream.experiments.schemes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.codebook.QuantizationError;
import org.junit.jupiter.api.Test;

class SvdAndConcatenationTest {
  @Test
  void concatenated_putsOneAfterTheOther() {
    assertArrayEquals(
        new float[][] {{1, 2, 5}, {3, 4, 6}},
        ConcatenatedVectors.of(new float[][] {{1, 2}, {3, 4}}, new float[][] {{5}, {6}}));
  }

  @Test
  void concatenated_ofDifferentItems_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ConcatenatedVectors.of(new float[2][1], new float[3][1]));
  }

  @Test
  void offsets_raiseCodesFromALevelOn() {
    assertArrayEquals(
        new int[][] {{1, 10}, {2, 11}}, CodeOffsets.from(new int[][] {{1, 2}, {2, 3}}, 1, 8));
  }

  @Test
  void relative_ofHalfTheVector_isTheShareMissing() {
    assertEquals(
        0.8,
        QuantizationError.relative(new float[][] {{1, 2}, {0, 0}}, new float[][] {{1, 0}, {0, 0}}),
        1e-6);
  }
}

package io.sidestream.learning.quantizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantizedTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 3);
  private static final float[][] VECTORS = {{1}, {3}, {10}, {14}};
  private static final int[][] CODES = {{0, 0}, {0, 1}, {2, 0}, {2, 1}};

  @Test
  void codebook_ofCodes_holdsMeansLevelByLevel() {
    ResidualCodebook codebook = quantized(CODES).codebook(VECTORS);
    assertArrayEquals(new float[] {2, 7, 12}, codebook.centroids(0));
    assertArrayEquals(new float[] {-1.5f, 1.5f, 0}, codebook.centroids(1));
    assertThrows(IllegalArgumentException.class, () -> quantized(CODES).codebook(new float[1][1]));
  }

  @Test
  void constructor_codesThatDoNotFit_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> quantized(new int[3][2]));
    assertThrows(IllegalArgumentException.class, () -> quantized(new int[4][1]));
    int[][] beyond = {{0, 0}, {0, 0}, {0, 0}, {0, 3}};
    assertThrows(IllegalArgumentException.class, () -> quantized(beyond));
  }

  private static Quantized quantized(int[][] codes) {
    return new Quantized(SHAPE, codes, new float[4][1], List.of());
  }
}

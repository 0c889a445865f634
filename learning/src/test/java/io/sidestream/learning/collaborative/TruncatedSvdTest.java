package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TruncatedSvdTest {
  @Test
  void project_toAllDimensions_keepsInnerProducts() {
    float[][] rows = random(20, 6);
    float[][] projected = TruncatedSvd.project(rows, 6);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        assertEquals(dot(rows[i], rows[j]), dot(projected[i], projected[j]), 1e-4);
      }
    }
  }

  @Test
  void project_rowsOfRankTwo_losesNothingInTwoDimensions() {
    float[][] basis = random(2, 8);
    float[][] weights = random(30, 2);
    float[][] rows = new float[30][8];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < 8; c++) {
        rows[i][c] = weights[i][0] * basis[0][c] + weights[i][1] * basis[1][c];
      }
    }
    float[][] projected = TruncatedSvd.project(rows, 2);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(dot(rows[i], rows[i]), dot(projected[i], projected[i]), 1e-3);
    }
  }

  @Test
  void project_putsTheDimensionWithMostEnergyFirst() {
    float[][] projected = TruncatedSvd.project(random(50, 5), 5);
    for (int d = 1; d < 5; d++) {
      assertTrue(energy(projected, d - 1) >= energy(projected, d));
    }
  }

  @Test
  void project_ofALine_isItsLengthWithASignOfItsOwn() {
    assertArrayEquals(
        new float[][] {{5}, {-10}}, TruncatedSvd.project(new float[][] {{3, 4}, {-6, -8}}, 1));
  }

  @Test
  void project_beyondItsLimits_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TruncatedSvd.project(new float[1][TruncatedSvd.MAX_COLUMNS + 1], 1));
    assertThrows(IllegalArgumentException.class, () -> TruncatedSvd.project(new float[3][2], 3));
    assertThrows(IllegalArgumentException.class, () -> TruncatedSvd.project(new float[0][2], 1));
  }

  private static double energy(float[][] rows, int d) {
    double sum = 0;
    for (float[] row : rows) {
      sum += row[d] * row[d];
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float[][] random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(9);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}

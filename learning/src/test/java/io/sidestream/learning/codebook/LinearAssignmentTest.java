package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearAssignmentTest {
  @Test
  void columns_randomCosts_costAsLittleAsTheBestOfAll() {
    long seed = System.nanoTime();
    System.out.println("columns_randomCosts_costAsLittleAsTheBestOfAll seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int columns = 1 + random.nextInt(6);
      int rows = 1 + random.nextInt(columns);
      float[] costs = new float[rows * columns];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = random.nextInt(10) - 3;
      }
      int[] found = LinearAssignment.columns(costs, columns);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += costs[row * columns + found[row]];
      }
      assertEquals(rows, Arrays.stream(found).distinct().count());
      assertEquals(best(costs, columns, 0, new boolean[columns]), sum, 1e-6);
    }
  }

  @Test
  void columns_ties_takeTheLower() {
    assertArrayEquals(new int[] {0, 1}, LinearAssignment.columns(new float[6], 3));
  }

  @Test
  void columns_moreRowsThanColumns_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> LinearAssignment.columns(new float[6], 2));
  }

  private static double best(float[] costs, int columns, int row, boolean[] taken) {
    if (row * columns == costs.length) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < columns; column++) {
      if (!taken[column]) {
        taken[column] = true;
        best = Math.min(best, costs[row * columns + column] + best(costs, columns, row + 1, taken));
        taken[column] = false;
      }
    }
    return best;
  }
}

package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;

/** Gives a vector to a user who was not learned from, by the items met. Threads may share it. */
public final class UserFoldIn {
  private final LeastSquaresRow row;
  private final int items;
  private final int dimensions;

  /**
   * @param items vectors learned with these settings, shape [row][C]
   */
  public UserFoldIn(float[][] items, AlternatingLeastSquares.Settings settings) {
    this.items = items.length;
    this.dimensions = settings.dimensions();
    double[][] wide = new double[items.length][dimensions];
    for (int i = 0; i < items.length; i++) {
      check(
          items[i].length == dimensions,
          "item %d has %d dimensions, expected %d",
          i,
          items[i].length,
          dimensions);
      for (int d = 0; d < dimensions; d++) {
        wide[i][d] = items[i][d];
      }
    }
    this.row = new LeastSquaresRow(wide, settings);
  }

  /** The exact solution for these items, each of weight 1; zero for none. Length C. */
  public float[] user(int... rows) {
    int[] distinct = Arrays.stream(rows).sorted().distinct().toArray();
    for (int item : distinct) {
      check(item >= 0 && item < items, "item %d, expected 0 to %d", item, items - 1);
    }
    float[] weights = new float[distinct.length];
    Arrays.fill(weights, 1);
    double[] vector = new double[dimensions];
    row.improve(vector, distinct, weights, dimensions);
    return LeastSquaresRow.floats(vector);
  }
}

package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;

/** Gives each row a column of its own, so that the sum of their costs is least. */
public final class LinearAssignment {
  /*
   * Successive shortest paths with potentials (the Hungarian method): rows enter one by one, and
   * each takes the cheapest chain of changes that frees a column. O(rows^2 columns). Kuhn 1955,
   * Naval Research Logistics Quarterly 2; in this form Jonker & Volgenant 1987, Computing 38. On a
   * tie the lower column is taken.
   */
  private final float[] costs; // [row * columns + column]
  private final int columns;
  private final double[] rowPotential;
  private final double[] columnPotential;
  private final int[] rowOf; // by column, -1 where free

  private LinearAssignment(float[] costs, int columns) {
    this.costs = costs;
    this.columns = columns;
    this.rowPotential = new double[costs.length / columns];
    this.columnPotential = new double[columns];
    this.rowOf = new int[columns];
    Arrays.fill(rowOf, -1);
  }

  /**
   * Each row's column, shape [row].
   *
   * @param costs row-major (rows, columns), no more rows than columns
   */
  public static int[] columns(float[] costs, int columns) {
    int rows = costs.length / columns;
    check(rows <= columns, "%d rows for %d columns, expected no more", rows, columns);
    LinearAssignment assignment = new LinearAssignment(costs, columns);
    for (int row = 0; row < rows; row++) {
      assignment.enter(row);
    }
    int[] columnOf = new int[rows];
    for (int column = 0; column < columns; column++) {
      if (assignment.rowOf[column] >= 0) {
        columnOf[assignment.rowOf[column]] = column;
      }
    }
    return columnOf;
  }

  private void enter(int row) {
    double[] shortest = new double[columns];
    int[] before = new int[columns]; // column before on the path, -1 for the entering row
    boolean[] done = new boolean[columns];
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    Arrays.fill(before, -1);
    int at = -1;
    double length = 0;
    do {
      int from = at < 0 ? row : rowOf[at];
      int next = -1;
      for (int column = 0; column < columns; column++) {
        if (done[column]) {
          continue;
        }
        double reached = length + reduced(from, column);
        if (reached < shortest[column]) {
          shortest[column] = reached;
          before[column] = at;
        }
        next = next < 0 || shortest[column] < shortest[next] ? column : next;
      }
      at = next;
      length = shortest[at];
      done[at] = true;
    } while (rowOf[at] >= 0);
    raise(row, shortest, done, length);
    shift(row, before, at);
  }

  private double reduced(int row, int column) {
    return costs[row * columns + column] - rowPotential[row] - columnPotential[column];
  }

  private void raise(int row, double[] shortest, boolean[] done, double length) {
    rowPotential[row] += length;
    for (int column = 0; column < columns; column++) {
      if (done[column]) {
        columnPotential[column] += shortest[column] - length;
        if (rowOf[column] >= 0) {
          rowPotential[rowOf[column]] += length - shortest[column];
        }
      }
    }
  }

  private void shift(int row, int[] before, int last) {
    int column = last;
    while (before[column] >= 0) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
    rowOf[column] = row;
  }
}

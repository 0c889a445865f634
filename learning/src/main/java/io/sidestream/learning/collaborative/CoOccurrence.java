package io.sidestream.learning.collaborative;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * How often items were met together: a sparse symmetric matrix without a diagonal.
 *
 * <p>Shape: row i holds columns[starts[i]] … columns[starts[i + 1] - 1], ascending, and their
 * values beside them.
 */
public final class CoOccurrence {
  private final int[] starts; // [rows + 1]
  private final int[] columns; // [starts[rows]]
  private final double[] values; // [starts[rows]]

  private CoOccurrence(int[] starts, int[] columns, double[] values) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** The matrix of these counts; row i is items.get(i); pairs of other items are left out. */
  public static CoOccurrence of(List<ItemId> items, List<PairCount> counts) {
    Map<ItemId, Integer> rows = new HashMap<>();
    for (int row = 0; row < items.size(); row++) {
      rows.put(items.get(row), row);
    }
    List<Cell> cells = new ArrayList<>();
    for (PairCount count : counts) {
      if (count.pair() instanceof Pair.ItemItem pair
          && rows.containsKey(pair.low())
          && rows.containsKey(pair.high())) {
        int low = rows.get(pair.low());
        int high = rows.get(pair.high());
        cells.add(new Cell(low, high, count.total()));
        cells.add(new Cell(high, low, count.total()));
      }
    }
    return of(items.size(), cells);
  }

  private static CoOccurrence of(int rows, List<Cell> cells) {
    cells.sort(Comparator.comparingInt(Cell::row).thenComparingInt(Cell::column));
    int[] starts = new int[rows + 1];
    int[] columns = new int[cells.size()];
    double[] values = new double[cells.size()];
    for (int i = 0; i < columns.length; i++) {
      starts[cells.get(i).row() + 1]++;
      columns[i] = cells.get(i).column();
      values[i] = cells.get(i).value();
    }
    for (int row = 0; row < rows; row++) {
      starts[row + 1] += starts[row];
    }
    return new CoOccurrence(starts, columns, values);
  }

  /** How many items there are. */
  public int rows() {
    return starts.length - 1;
  }

  /** Visits the cells of a row that are not zero, by column. */
  public void row(int row, CellVisitor visitor) {
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      visitor.visit(columns[i], values[i]);
    }
  }

  /** How often each item was met together with any other, shape [rows]. */
  public double[] sums() {
    double[] sums = new double[rows()];
    for (int row = 0; row < sums.length; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        sums[row] += values[i];
      }
    }
    return sums;
  }

  /** The matrix with the function applied to every cell that is not zero. */
  CoOccurrence map(DoubleUnaryOperator function) {
    return new CoOccurrence(starts, columns, Arrays.stream(values).map(function).toArray());
  }

  /** The matrix times a vector, into {@code product}. */
  void multiply(double[] vector, double[] product) {
    for (int row = 0; row < product.length; row++) {
      double sum = 0;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        sum += values[i] * vector[columns[i]];
      }
      product[row] = sum;
    }
  }

  private record Cell(int row, int column, double value) {}

  /** Takes one cell of a row. */
  public interface CellVisitor {
    void visit(int column, double value);
  }
}

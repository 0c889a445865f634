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
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Co-occurrence counts of items: a sparse symmetric matrix without a diagonal.
 *
 * <p>Shape: row i holds columns[starts[i]] … columns[starts[i + 1] - 1], ascending, and their
 * values beside them.
 */
final class CoOccurrence {
  private final int[] starts; // [rows + 1]
  private final int[] columns; // [starts[rows]]
  private final double[] values; // [starts[rows]]

  private CoOccurrence(int[] starts, int[] columns, double[] values) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** The matrix of these counts; row i is items.get(i); pairs of other items are left out. */
  static CoOccurrence of(List<ItemId> items, List<PairCount> counts) {
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
  int rows() {
    return starts.length - 1;
  }

  /** The sum of each row, shape [rows]. */
  double[] sums() {
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

  /** The matrix times a dense block of columns, shape (rows, any). */
  DMatrixRMaj times(DMatrixRMaj block) {
    DMatrixRMaj product = new DMatrixRMaj(rows(), block.numCols);
    IntStream.range(0, rows())
        .parallel()
        .forEach(
            row -> {
              for (int i = starts[row]; i < starts[row + 1]; i++) {
                addScaled(product.data, row, values[i], block.data, columns[i], block.numCols);
              }
            });
    return product;
  }

  private static void addScaled(
      double[] to, int toRow, double factor, double[] from, int fromRow, int width) {
    for (int column = 0; column < width; column++) {
      to[toRow * width + column] += factor * from[fromRow * width + column];
    }
  }

  private record Cell(int row, int column, double value) {}
}

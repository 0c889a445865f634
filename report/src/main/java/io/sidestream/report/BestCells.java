package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Which cells of a table hold the best number of their column, as far as it is printed. */
final class BestCells {
  private final List<OptionalDouble> best = new ArrayList<>(); // [column]
  private final Table table;

  BestCells(Table table) {
    this.table = table;
    for (int column = 0; column < table.columns().size(); column++) {
      best.add(best(column));
    }
  }

  /** Whether this cell ties with the best of at least two different numbers. */
  boolean isBest(int row, int column) {
    OptionalDouble number = printed(table.rows().get(row).cells().get(column), column);
    return number.isPresent() && number.equals(best.get(column));
  }

  private OptionalDouble best(int column) {
    Better better = table.columns().get(column).better();
    List<Double> numbers = new ArrayList<>();
    for (Row row : table.rows()) {
      printed(row.cells().get(column), column).ifPresent(numbers::add);
    }
    if (better == Better.NEITHER || numbers.stream().distinct().count() < 2) {
      return OptionalDouble.empty();
    }
    double found = numbers.get(0);
    for (double number : numbers) {
      found = better.prefers(number, found) ? number : found;
    }
    return OptionalDouble.of(found);
  }

  private OptionalDouble printed(Cell cell, int column) {
    OptionalDouble number = cell.number();
    if (number.isEmpty()) {
      return number;
    }
    int decimals = table.columns().get(column).decimals();
    return OptionalDouble.of(Decimals.rounded(number.getAsDouble(), decimals).doubleValue());
  }
}

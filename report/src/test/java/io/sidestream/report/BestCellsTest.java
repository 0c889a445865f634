package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestCellsTest {
  @Test
  void isBest_higherAndLower_takesTheirEnds() {
    assertEquals(List.of(1), best(Column.higher("recall"), Cell.of(.1), Cell.of(.2), Cell.ABSENT));
    assertEquals(List.of(0), best(Column.lower("loss"), Cell.of(.1), Cell.of(.2), Cell.ABSENT));
    assertEquals(List.of(1), best(Column.lower("items"), Cell.count(31), Cell.count(4)));
  }

  @Test
  void isBest_equalAsPrinted_takesBoth() {
    assertEquals(
        List.of(0, 1), best(Column.higher("recall"), Cell.of(.2001), Cell.of(.2), Cell.of(.1)));
  }

  @Test
  void isBest_nothingToCompare_takesNone() {
    assertEquals(List.of(), best(Column.neutral("tokens"), Cell.of(.1), Cell.of(.2)));
    assertEquals(List.of(), best(Column.higher("recall"), Cell.of(.2), Cell.ABSENT));
    assertEquals(List.of(), best(Column.higher("recall"), Cell.of(.2), Cell.of(.2)));
  }

  private static List<Integer> best(Column column, Cell... cells) {
    List<Row> rows = new ArrayList<>();
    for (Cell cell : cells) {
      rows.add(Row.of("row", cell));
    }
    BestCells best = new BestCells(new Table("table", "", "way", List.of(column), rows));
    List<Integer> found = new ArrayList<>();
    for (int row = 0; row < cells.length; row++) {
      if (best.isBest(row, 0)) {
        found.add(row);
      }
    }
    return found;
  }
}

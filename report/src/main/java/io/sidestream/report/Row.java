package io.sidestream.report;

import java.util.List;

/** One row of a table: what was measured, and its numbers, one per column. */
public record Row(String name, List<Cell> cells) {
  public Row {
    ReportLimits.checkName("name of a row", name);
    cells = List.copyOf(cells);
  }

  /** The row of these cells. */
  public static Row of(String name, Cell... cells) {
    return new Row(name, List.of(cells));
  }
}

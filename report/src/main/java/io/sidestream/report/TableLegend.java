package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/** The sentence below a table that says what its signs mean, of the signs that it uses. */
final class TableLegend {
  private TableLegend() {}

  /** The legend; empty when the table uses no sign. */
  static String of(Table table, String bestSign) {
    List<String> signs = new ArrayList<>();
    if (table.columns().stream().anyMatch(column -> column.better() != Better.NEITHER)) {
      signs.add(bestSign + " best in column");
    }
    if (uses(table, Spread.Kind.DEVIATION)) {
      signs.add("± standard deviation over seeds");
    }
    if (uses(table, Spread.Kind.STANDARD_ERROR)) {
      signs.add("( ) standard error");
    }
    return String.join("; ", signs);
  }

  private static boolean uses(Table table, Spread.Kind kind) {
    return table.rows().stream()
        .flatMap(row -> row.cells().stream())
        .anyMatch(cell -> cell instanceof Cell.Measured m && m.spread().kind() == kind);
  }
}

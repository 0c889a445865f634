package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as a paper prints it. A column with spreads or marks takes two cells, so that points
 * stand below points.
 */
final class TableHtml {
  private final Table table;
  private final String number;
  private final BestCells best;
  private final StringBuilder out = new StringBuilder();

  private TableHtml(Table table, String number) {
    this.table = table;
    this.number = number;
    this.best = new BestCells(table);
  }

  /**
   * The table.
   *
   * @param number how the text refers to it, such as "Table 3"
   */
  static String of(Table table, String number) {
    return new TableHtml(table, number).html();
  }

  private String html() {
    String name = Html.escape(table.title());
    out.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    out.append(name).append("\">\n<table>\n<caption><b>").append(Html.escape(number));
    out.append(". ").append(name).append(".</b></caption>\n");
    head();
    out.append("<tbody>\n");
    for (int row = 0; row < table.rows().size(); row++) {
      row(row);
    }
    out.append("</tbody>\n</table>\n</div>\n");
    notes();
    return out.toString();
  }

  private void head() {
    out.append("<thead>\n<tr><th scope=\"col\">").append(Html.escape(table.rowTitle()));
    out.append("</th>");
    for (int column = 0; column < table.columns().size(); column++) {
      String span = isDouble(column) ? " colspan=\"2\"" : "";
      out.append("<th scope=\"col\"").append(span).append(" class=\"number\">");
      out.append(Html.escape(table.columns().get(column).name())).append("</th>");
    }
    out.append("</tr>\n</thead>\n");
  }

  private void row(int row) {
    out.append("<tr><th scope=\"row\">").append(Html.escape(table.rows().get(row).name()));
    out.append("</th>");
    for (int column = 0; column < table.columns().size(); column++) {
      cell(row, column);
    }
    out.append("</tr>\n");
  }

  private void cell(int row, int column) {
    Cell cell = table.rows().get(row).cells().get(column);
    CellParts parts = CellParts.of(cell, table.columns().get(column));
    String value = Html.number(parts.value());
    out.append("<td class=\"number\">");
    out.append(best.isBest(row, column) ? "<b>" + value + "</b>" : value).append("</td>");
    if (isDouble(column)) {
      out.append("<td class=\"spread\">");
      out.append(Html.escape(parts.spread()));
      out.append(parts.mark().isEmpty() ? "" : "<sup>" + Html.escape(parts.mark()) + "</sup>");
      out.append("</td>");
    }
  }

  /** Whether any cell of the column has something behind its number. */
  private boolean isDouble(int column) {
    return table.rows().stream()
        .map(row -> CellParts.of(row.cells().get(column), table.columns().get(column)))
        .anyMatch(parts -> !parts.mark().isEmpty() || !parts.spread().isEmpty());
  }

  private void notes() {
    List<String> notes = new ArrayList<>();
    String legend = TableLegend.of(table, "bold:");
    if (!legend.isEmpty()) {
      notes.add(legend + ".");
    }
    if (!table.note().isBlank()) {
      notes.add(table.note());
    }
    if (!notes.isEmpty()) {
      out.append("<p class=\"note\">").append(Html.escape(String.join(" ", notes)));
      out.append("</p>\n");
    }
  }
}

package io.sidestream.report;

import static io.sidestream.report.Checks.check;
import static io.sidestream.report.ReportLimits.MAX_COLUMNS;
import static io.sidestream.report.ReportLimits.MAX_ROWS;

import java.util.List;

/**
 * A table as a paper prints it.
 *
 * @param note what a reader must know to read it; may be empty
 * @param rowTitle what the rows are, such as "ID scheme"
 * @param rows in the order in which they are shown, each with one cell per column
 */
public record Table(
    String title, String note, String rowTitle, List<Column> columns, List<Row> rows) {
  public Table {
    ReportLimits.checkName("title of a table", title);
    ReportLimits.checkText("note of " + title, note);
    ReportLimits.checkName("title of rows", rowTitle);
    ReportLimits.checkCount("columns in " + title, columns.size(), 1, MAX_COLUMNS);
    ReportLimits.checkCount("rows in " + title, rows.size(), 1, MAX_ROWS);
    for (Row row : rows) {
      check(
          row.cells().size() == columns.size(),
          "%s: row %s has %d cells, expected %d",
          title,
          row.name(),
          row.cells().size(),
          columns.size());
    }
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}

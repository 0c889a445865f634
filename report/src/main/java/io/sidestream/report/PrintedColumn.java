package io.sidestream.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One column of a plain table: its head and its cells, padded to one width in characters. */
record PrintedColumn(List<String> head, List<String> cells, int width) {
  /** Words of a head share a line up to this width, even where the cells are narrower. */
  private static final int HEAD_WIDTH = 9;

  /** Names of rows, wrapped into lines joined by line breaks. */
  static PrintedColumn names(String title, List<Row> rows, int most) {
    int longest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int width = Math.min(most, Math.max(longest, title.length()));
    return new PrintedColumn(
        TextWrap.lines(title, width), rows.stream().map(Row::name).toList(), width);
  }

  static PrintedColumn of(Table table, BestCells best, int column) {
    Column head = table.columns().get(column);
    List<CellParts> parts = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      CellParts cell = CellParts.of(table.rows().get(row).cells().get(column), head);
      String sign = best.isBest(row, column) ? "*" : "";
      parts.add(new CellParts(cell.value(), sign + cell.mark(), cell.spread()));
    }
    List<String> cells = aligned(parts);
    int word = Arrays.stream(head.name().split("\\s+")).mapToInt(String::length).max().orElse(1);
    int width =
        Math.max(Math.max(cells.get(0).length(), word), Math.min(HEAD_WIDTH, head.name().length()));
    return new PrintedColumn(
        TextWrap.lines(head.name(), width).stream().map(line -> left(line, width)).toList(),
        cells.stream().map(cell -> left(cell, width)).toList(),
        width);
  }

  private static List<String> aligned(List<CellParts> parts) {
    int value = parts.stream().mapToInt(cell -> cell.value().length()).max().orElse(0);
    int mark = parts.stream().mapToInt(cell -> cell.mark().length()).max().orElse(0);
    int spread = parts.stream().mapToInt(cell -> cell.spread().length()).max().orElse(0);
    return parts.stream()
        .map(
            cell ->
                left(cell.value(), value)
                    + right(cell.mark(), mark)
                    + (spread == 0 ? "" : " " + right(cell.spread(), spread)))
        .toList();
  }

  /** Blanks to the left. */
  static String left(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** Blanks to the right. */
  static String right(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}

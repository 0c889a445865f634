package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables in plain characters for a terminal of some width; a table that is wider is continued below
 * with the names of its rows repeated.
 */
public final class TablePrinter {
  /** What a terminal shows without scrolling. */
  public static final int DEFAULT_WIDTH = 110;

  /** Narrower, names and numbers do not fit beside each other. */
  public static final int MIN_WIDTH = 60;

  private static final int NAME_WIDTH = 36;
  private static final String GAP = "  ";

  private final int width; // characters

  /** A printer for lines of at most this number of characters. */
  public TablePrinter(int width) {
    check(width >= MIN_WIDTH, "width is %d, expected at least %d", width, MIN_WIDTH);
    this.width = width;
  }

  /** The question, every table, and what they mean. */
  public String print(Findings findings) {
    StringBuilder out = new StringBuilder();
    out.append(findings.experiment()).append('\n');
    wrapped(out, findings.question());
    for (Table table : findings.tables()) {
      out.append('\n').append(print(table));
    }
    out.append('\n');
    wrapped(out, findings.meaning());
    return out.toString();
  }

  /** One table with its title above and its note below. */
  public String print(Table table) {
    StringBuilder out = new StringBuilder();
    wrapped(out, table.title());
    PrintedColumn names = PrintedColumn.names(table.rowTitle(), table.rows(), NAME_WIDTH);
    for (List<PrintedColumn> block : blocks(table, names.width())) {
      out.append('\n');
      block(out, names, block);
    }
    String legend = TableLegend.of(table, "*");
    if (!legend.isEmpty()) {
      wrapped(out, legend);
    }
    if (!table.note().isBlank()) {
      wrapped(out, table.note());
    }
    return out.toString();
  }

  /** The columns in groups that fit beside the names; a column wider than that stands alone. */
  private List<List<PrintedColumn>> blocks(Table table, int names) {
    BestCells best = new BestCells(table);
    List<List<PrintedColumn>> blocks = new ArrayList<>();
    List<PrintedColumn> block = new ArrayList<>();
    int used = names;
    for (int i = 0; i < table.columns().size(); i++) {
      PrintedColumn column = PrintedColumn.of(table, best, i);
      int more = GAP.length() + column.width();
      if (!block.isEmpty() && used + more > width) {
        blocks.add(block);
        block = new ArrayList<>();
        used = names;
      }
      block.add(column);
      used += more;
    }
    blocks.add(block);
    return blocks;
  }

  private static void block(StringBuilder out, PrintedColumn names, List<PrintedColumn> columns) {
    head(out, names, columns);
    int all = columns.stream().mapToInt(c -> GAP.length() + c.width()).sum();
    line(out, "-".repeat(names.width() + all));
    for (int row = 0; row < names.cells().size(); row++) {
      List<String> name = TextWrap.lines(names.cells().get(row), names.width());
      StringBuilder line = new StringBuilder(PrintedColumn.right(name.get(0), names.width()));
      for (PrintedColumn column : columns) {
        line.append(GAP).append(column.cells().get(row));
      }
      line(out, line.toString());
      name.subList(1, name.size()).forEach(more -> line(out, more));
    }
  }

  /** Heads stand on the line: the shorter ones start lower. */
  private static void head(StringBuilder out, PrintedColumn names, List<PrintedColumn> columns) {
    int lines = names.head().size();
    for (PrintedColumn column : columns) {
      lines = Math.max(lines, column.head().size());
    }
    for (int i = 0; i < lines; i++) {
      StringBuilder line =
          new StringBuilder(PrintedColumn.right(headLine(names, lines, i), names.width()));
      for (PrintedColumn column : columns) {
        line.append(GAP).append(PrintedColumn.left(headLine(column, lines, i), column.width()));
      }
      line(out, line.toString());
    }
  }

  private static String headLine(PrintedColumn column, int lines, int line) {
    int own = line - (lines - column.head().size());
    return own < 0 ? "" : column.head().get(own);
  }

  private void wrapped(StringBuilder out, String text) {
    TextWrap.lines(text, width).forEach(line -> line(out, line));
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}

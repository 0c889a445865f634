package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
  private static final Table TABLE =
      new Table(
          "Recall@30",
          "Invented.",
          "how IDs are built",
          List.of(Column.higher("search"), Column.neutral("new tokens")),
          List.of(
              Row.of("content", Cell.of(.013, Spread.deviation(.002)), Cell.count(512)),
              Row.of("separate", Cell.of(.028).withMark("†"), Cell.count(1_024)),
              Row.of("none", Cell.ABSENT, Cell.ABSENT)));

  @Test
  void print_table_alignsNumbersAndMarksTheBest() {
    assertEquals(
        """
        Recall@30

                                                new
        how IDs are built         search     tokens
        -------------------------------------------
        content            .013   ± .002        512
        separate           .028*†             1,024
        none                  –                   –
        * best in column; ± standard deviation over seeds
        Invented.
        """,
        new TablePrinter(80).print(TABLE));
  }

  @Test
  void print_findings_endsWithWhatTheyMean() {
    String printed = new TablePrinter(110).print(MadeUpFindings.tradeoff());

    assertTrue(printed.startsWith("tradeoff\nWhat does each task lose"), printed);
    assertTrue(printed.endsWith("multi-task IDs keep most of both.\n"), printed);
  }

  @Test
  void print_moreColumnsThanFit_continuesBelowWithTheNames() {
    List<Column> columns = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < ReportLimits.MAX_COLUMNS; i++) {
      columns.add(Column.higher("column number " + i));
      cells.add(Cell.of(i / 100.0, Spread.deviation(.001)));
    }
    String name = "a way whose name is longer than any name of a way should ever be";
    Table wide =
        new Table("wide", "word ".repeat(60), "way", columns, List.of(new Row(name, cells)));

    String printed = new TablePrinter(TablePrinter.MIN_WIDTH).print(wide);

    assertTrue(printed.lines().allMatch(line -> line.length() <= TablePrinter.MIN_WIDTH), printed);
    assertTrue(printed.lines().filter(line -> line.startsWith("a way whose")).count() > 1, printed);
    assertTrue(printed.contains(".310"), printed);
  }

  @Test
  void printer_tooNarrow_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new TablePrinter(TablePrinter.MIN_WIDTH - 1));
  }
}

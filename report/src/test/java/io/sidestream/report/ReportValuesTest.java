package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReportValuesTest {
  private static final Axis X = Axis.higher("x");
  private static final List<BarSeries> BARS = List.of(new BarSeries("s", List.of(1.0)));

  @Test
  void numbers_notFinite_areRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> Cell.of(bad));
      assertRefused(() -> Spread.deviation(bad));
      assertRefused(() -> new Point(bad, 0));
      assertRefused(() -> new Point(0, bad));
      assertRefused(() -> new Scatter.Mark("a", bad, 0, 0, 0));
      assertRefused(() -> new Scatter.Mark("a", 0, 0, bad, 0));
      assertRefused(() -> new BarSeries("a", List.of(bad)));
      assertRefused(() -> Series.of("a", bad));
    }
    assertRefused(() -> Spread.standardError(-1));
    assertRefused(() -> new Spread(Spread.Kind.NONE, 1));
  }

  @Test
  void names_blankOrTooLong_areRefused() {
    String most = "n".repeat(ReportLimits.MAX_NAME);
    assertEquals(most, Column.higher(most).name());
    assertRefused(() -> Column.higher(most + "n"));
    assertRefused(() -> Row.of(" "));
    String text = "t".repeat(ReportLimits.MAX_TEXT);
    assertEquals(text, new Bars("t", text, X, List.of("a"), BARS).caption());
    assertRefused(() -> new Bars("t", text + "t", X, List.of("a"), BARS));
    String mark = "*".repeat(ReportLimits.MAX_MARK);
    assertEquals(mark, Cell.of(1).withMark(mark).mark());
    assertRefused(() -> Cell.of(1).withMark(mark + "*"));
    assertRefused(() -> Column.higher("a").withDecimals(Column.MAX_DECIMALS + 1));
  }

  @Test
  void table_rowOfAnotherLength_isRefused() {
    List<Column> columns = List.of(Column.higher("a"), Column.higher("b"));
    assertRefused(() -> new Table("t", "", "scheme", columns, List.of(Row.of("r", Cell.of(1)))));
  }

  @Test
  void table_tooManyRowsOrColumns_isRefused() {
    assertEquals(1, table(ReportLimits.MAX_COLUMNS, 1).rows().size());
    assertEquals(ReportLimits.MAX_ROWS, table(1, ReportLimits.MAX_ROWS).rows().size());
    assertRefused(() -> table(ReportLimits.MAX_COLUMNS + 1, 1));
    assertRefused(() -> table(1, ReportLimits.MAX_ROWS + 1));
    assertRefused(() -> table(0, 1));
    assertRefused(() -> table(1, 0));
  }

  @Test
  void findings_tooManyExhibitsOrFacts_areRefused() {
    assertEquals(ReportLimits.MAX_EXHIBITS, findings(ReportLimits.MAX_EXHIBITS, 1).tables().size());
    assertRefused(() -> findings(ReportLimits.MAX_EXHIBITS + 1, 1));
    assertEquals(ReportLimits.MAX_FACTS, findings(0, ReportLimits.MAX_FACTS).setup().size());
    assertRefused(() -> findings(0, ReportLimits.MAX_FACTS + 1));
  }

  @Test
  void setup_blankCommand_isRefused() {
    assertRefused(
        () -> new Setup("t", "films", "quick", "1", Map.of(), " ", "1.0", Instant.EPOCH, Map.of()));
  }

  @Test
  void scatter_repeatedNamesOrFrontWithoutEnd_isRefused() {
    Scatter.Mark mark = new Scatter.Mark("a", 1, 2, 0, 0);
    assertRefused(() -> new Scatter("t", "", X, X, List.of(mark, mark), false));
    assertRefused(() -> new Scatter("t", "", Axis.neutral("x"), X, List.of(mark), true));
    assertRefused(() -> new Scatter("t", "", X.onLogScale(), X, List.of(mark), true));
  }

  @Test
  void scatter_tooManyMarks_isRefused() {
    List<Scatter.Mark> marks = new ArrayList<>();
    for (int i = 0; i < ReportLimits.MAX_NAMED; i++) {
      marks.add(new Scatter.Mark("mark " + i, i, i, 0, 0));
    }
    assertEquals(marks, new Scatter("t", "", X, X, marks, true).marks());
    marks.add(new Scatter.Mark("one more", 0, 0, 0, 0));
    assertRefused(() -> new Scatter("t", "", X, X, marks, true));
  }

  @Test
  void series_moreValuesThanPoints_areAveragedInRuns() {
    double[] values = new double[ReportLimits.MAX_LINE_POINTS + 1];
    values[0] = 4;

    List<Point> points = Series.of("loss", values).points();

    assertEquals((values.length + 1) / 2, points.size());
    assertEquals(new Point(1.5, 2), points.get(0));
    assertEquals(new Point(values.length, 0), points.get(points.size() - 1));
    assertRefused(() -> new Series("loss", Collections.nCopies(values.length, new Point(0, 0))));
    assertRefused(() -> new Series("loss", List.of(new Point(1, 0), new Point(0, 0))));
  }

  @Test
  void codeUsage_unsortedCounts_fallAndEndAtUnusedCodes() {
    Lines usage = Lines.ofCodeUsage("t", "", Map.of("level 1", new int[] {1, 0, 7, 3}));

    assertEquals(
        List.of(new Point(1, 7), new Point(2, 3), new Point(3, 1)), usage.series().get(0).points());
  }

  @Test
  void lines_logarithmicAxisWithZero_isRefused() {
    Axis log = X.onLogScale();
    List<Series> zero = List.of(Series.of("a", 1, 0));
    assertRefused(() -> new Lines("t", "", X, log, zero));
    assertRefused(() -> new Lines("t", "", log, X, zero));
  }

  @Test
  void collisions_bucketSizes_fallIntoBinsOfDoublingWidth() {
    int[] ids = new int[129];
    ids[0] = 2;
    ids[1] = 1;
    ids[2] = 1;
    ids[3] = 1;
    ids[4] = 1;
    ids[128] = 1;
    Histogram collisions = Histogram.ofCollisions("t", "", Map.of("scheme", ids));

    assertEquals(
        List.of("1", "2", "3–4", "5–8", "9–16", "17–32", "33–64", "65–128", "129+"),
        collisions.bins());
    List<Double> shares = collisions.series().get(0).values();
    assertEquals(2 / 145.0, shares.get(0));
    assertEquals(7 / 145.0, shares.get(2));
    assertEquals(129 / 145.0, shares.get(8));
  }

  @Test
  void bars_seriesOfAnotherLength_isRefused() {
    List<BarSeries> two = List.of(new BarSeries("s", List.of(1.0, 2.0)));
    assertRefused(() -> new Bars("t", "", X, List.of("a"), two));
    assertRefused(() -> new Histogram("t", "", X, X, List.of("a"), two));
    assertRefused(() -> new Bars("t", "", X, List.of("a", "a"), two));
  }

  private static Table table(int columns, int rows) {
    return new Table(
        "t",
        "",
        "scheme",
        Collections.nCopies(columns, Column.higher("a")),
        Collections.nCopies(rows, new Row("r", Collections.nCopies(columns, Cell.of(1)))));
  }

  private static Findings findings(int tables, int facts) {
    Map<String, String> setup = new LinkedHashMap<>();
    for (int i = 0; i < facts; i++) {
      setup.put("fact " + i, "");
    }
    return new Findings(
        "cold", "why?", "so.", setup, Collections.nCopies(tables, table(1, 1)), List.of());
  }

  private static void assertRefused(Executable making) {
    assertThrows(IllegalArgumentException.class, making);
  }
}

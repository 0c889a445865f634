package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportHtmlTest {
  private static final String EVIL = "</title><script>alert('\"&')</script>";
  private static final int MAX_BYTES_OF_SPACE = 600_000;

  @Test
  void page_madeUpFindings_showsSetupTablesAndCharts() {
    String page = ReportHtml.page(MadeUpFindings.SETUP, MadeUpFindings.all());
    for (String part :
        List.of(
            "<h1>Made-up results</h1>",
            "<code>./sidestream experiment all",
            "2026-01-01T00:00:00Z",
            "<a href=\"#e2\">alignment</a>",
            "<b>.158</b>",
            "± .004<sup>†</sup>",
            "<b>Table 2. ",
            "<b>Figure 7. ",
            "class=\"front\"",
            "prefers-color-scheme: dark")) {
      assertTrue(page.contains(part), part);
    }
    assertEquals(7, page.split("<svg role=\"img\" aria-label=\"", -1).length - 1);
    assertEquals(7, page.split("<figcaption>", -1).length - 1);
    assertEquals(2, page.split("<caption>", -1).length - 1);
  }

  @Test
  void page_sameFindings_givesTheSameBytes() {
    assertEquals(
        ReportHtml.page(MadeUpFindings.SETUP, MadeUpFindings.all()),
        ReportHtml.page(MadeUpFindings.SETUP, MadeUpFindings.all()));
  }

  @Test
  void page_anyFindings_needsNothingButItself() {
    String page = ReportHtml.page(MadeUpFindings.SETUP, MadeUpFindings.all());

    for (String foreign : List.of("<script", "<link", "http:", "https:", "url(", "@import")) {
      assertFalse(page.contains(foreign), foreign);
    }
  }

  @Test
  void page_namesThatLookLikeMarkup_areEscapedEverywhere() throws Exception {
    Setup setup =
        new Setup(
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            Map.of(EVIL, EVIL),
            EVIL,
            EVIL,
            Instant.EPOCH,
            Map.of(EVIL, EVIL));

    String page = ReportHtml.page(setup, List.of(evil()));

    assertFalse(page.contains("<script"), "unescaped");
    assertEquals(1, page.split("</title>\n<style>", -1).length - 1);
    assertTrue(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new InputSource(
                new StringReader(page.substring(page.indexOf("<main>"), page.indexOf("</body>")))));
  }

  @Test
  void page_largestSpace_staysSmall() {
    Random random = new Random(3);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < ReportLimits.MAX_SPACE_POINTS; i++) {
      points.add(new Point(random.nextGaussian(), random.nextGaussian()));
    }
    Space space = new Space("space", "", List.of(new Space.Group("all", points)));

    String page = ReportHtml.page(MadeUpFindings.SETUP, List.of(findings(List.of(space))));

    assertTrue(page.length() < MAX_BYTES_OF_SPACE, page.length() + " bytes");
  }

  @Test
  void page_tooManyExperiments_isRefused() {
    List<Findings> most = Collections.nCopies(ReportHtml.MAX_EXPERIMENTS + 1, findings(List.of()));
    ReportHtml.page(MadeUpFindings.SETUP, most.subList(1, most.size()));

    assertThrows(IllegalArgumentException.class, () -> ReportHtml.page(MadeUpFindings.SETUP, most));
  }

  private static Findings evil() {
    Axis axis = Axis.higher(EVIL);
    List<BarSeries> bars =
        List.of(new BarSeries(EVIL, List.of(1.0)), new BarSeries("b", List.of(-2.0)));
    List<Scatter.Mark> marks = List.of(new Scatter.Mark(EVIL, 1, 2, 1, 1));
    List<Space.Group> groups = List.of(new Space.Group(EVIL, List.of(new Point(1, 1))));
    List<Series> curve = List.of(Series.of(EVIL, 1, 2));
    Table table =
        new Table(
            EVIL,
            EVIL,
            EVIL,
            List.of(Column.higher(EVIL)),
            List.of(Row.of(EVIL, Cell.of(1).withMark("<i>"))));
    return new Findings(
        EVIL,
        EVIL,
        EVIL,
        Map.of(EVIL, EVIL),
        List.of(table),
        List.of(
            new Scatter(EVIL, EVIL, axis, axis, marks, true),
            new Space(EVIL, EVIL, groups),
            new Lines(EVIL, EVIL, axis, axis, curve),
            new Bars(EVIL, EVIL, axis, List.of(EVIL), bars),
            new Histogram(EVIL, EVIL, axis, axis, List.of(EVIL), bars)));
  }

  private static Findings findings(List<Chart> charts) {
    return new Findings("e", "q?", "m.", Map.of(), List.of(), charts);
  }
}

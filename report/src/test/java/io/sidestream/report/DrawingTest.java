package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawingTest {
  @Test
  void covering_numbers_endsAtRoundTicks() {
    Scale scale = Scale.covering(.013, .231, 5, 0, 100);

    assertEquals(
        List.of("0", ".05", ".10", ".15", ".20", ".25"),
        scale.ticks().stream().map(scale::label).toList());
    assertEquals(0, scale.at(0), 1e-9);
    assertEquals(100, scale.at(.25), 1e-9);
  }

  @Test
  void covering_oneNumber_isStillAScale() {
    for (double number : new double[] {0, 5, -.3, 1e-9, 1e9}) {
      Scale scale = Scale.covering(number, number, 5, 0, 100);

      assertTrue(scale.low() < scale.high(), scale.toString());
      assertTrue(scale.at(number) >= 0 && scale.at(number) <= 100, scale.toString());
      assertTrue(scale.ticks().size() >= 2, scale.toString());
    }
  }

  @Test
  void powers_numbers_hasATickPerPower() {
    Scale scale = Scale.powers(1, 2_400, 0, 80);

    assertEquals(
        List.of("1", "10", "100", "1,000", "10,000"),
        scale.ticks().stream().map(scale::label).toList());
    assertEquals(40, scale.at(100), 1e-9);
  }

  @Test
  void tight_numbers_endsWithThemAndTicksInside() {
    Scale scale = Scale.tight(0, 256, 6, 0, 256);

    assertEquals(List.of(0.0, 50.0, 100.0, 150.0, 200.0, 250.0), scale.ticks());
    assertEquals(256, scale.at(256), 1e-9);
  }

  @Test
  void palette_namesOfOneChart_differInColourWhileColoursLast() {
    List<Findings> findings = MadeUpFindings.all();
    Palette palette = new Palette(findings);

    for (Findings experiment : findings) {
      for (Chart chart : experiment.charts()) {
        List<String> names = chart.names();
        Set<String> looks = new HashSet<>();
        Set<String> colours = new HashSet<>();
        for (String name : names) {
          looks.add(palette.colour(name) + palette.shape(name));
          colours.add(palette.colour(name));
        }
        assertEquals(names.size(), looks.size(), chart.title());
        assertEquals(Math.min(names.size(), Palette.COLOURS), colours.size(), chart.title());
      }
    }
  }

  @Test
  void shapes_allOf_areDifferentPaths() {
    Set<String> paths = new HashSet<>();
    for (MarkShape shape : MarkShape.values()) {
      paths.add(shape.path(10, 10, 5));
    }

    assertEquals(MarkShape.values().length, paths.size());
  }

  @Test
  void figure_anyChart_namesEachOfItsNamesInALegend() {
    List<Findings> findings = MadeUpFindings.all();
    Palette palette = new Palette(findings);

    for (Findings experiment : findings) {
      for (Chart chart : experiment.charts()) {
        String html = FigureHtml.of(chart, palette, "Figure 1");
        String legend = html.substring(html.indexOf("</svg>\n"));
        if (!(chart instanceof Bars) && chart.names().size() > 1) {
          chart.names().forEach(name -> assertTrue(legend.contains(Html.escape(name)), name));
        }
      }
    }
  }

  @Test
  void figure_scatter_hasThePointsOfTheFrontInBold() {
    Scatter chart =
        new Scatter(
            "t",
            "",
            Axis.higher("search"),
            Axis.higher("recommendation"),
            List.of(new Scatter.Mark("good", 2, 2, 0, 0), new Scatter.Mark("bad", 1, 1, 0, 0)),
            true);
    Findings findings = new Findings("e", "q?", "m.", Map.of(), List.of(), List.of(chart));

    String html = FigureHtml.of(chart, new Palette(List.of(findings)), "Figure 1");

    assertTrue(html.contains("<b>good</b>"), html);
    assertFalse(html.contains("<b>bad</b>"), html);
  }
}

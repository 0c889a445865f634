package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
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
  void place_crowdedPoints_keepsNamesApartAndInside() {
    Box area = new Box(0, 0, 500, 400);
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<LabelPlacement.Anchor> anchors = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        double x = 10 + 480 * random.nextDouble();
        double y = 10 + 380 * random.nextDouble();
        anchors.add(new LabelPlacement.Anchor("an ID scheme " + i, x, y, 5));
      }

      List<LabelPlacement.Label> labels = LabelPlacement.place(anchors, List.of(), area);

      for (int i = 0; i < labels.size(); i++) {
        Box box = labels.get(i).box();
        assertEquals(0, box.outside(area), 1, "seed " + seed);
        for (int j = 0; j < i; j++) {
          assertEquals(0, box.overlap(labels.get(j).box()), 1, "seed " + seed);
        }
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
  void lines_manySeries_haveALegendInsteadOfNames() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      series.add(Series.of("scheme " + i, 1, 2, 3));
    }
    Lines few = lines(series.subList(0, 3));
    Lines many = lines(series);

    assertTrue(LinesDrawing.hasLegend(many));
    assertNotEquals(LinesDrawing.hasLegend(few), LinesDrawing.hasLegend(many));
  }

  @Test
  void lines_curvesThatEndTogether_haveNamesApart() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      series.add(Series.of("scheme " + i, 1 + i, 1));
    }
    Lines chart = lines(series);
    Findings findings = findings(chart);

    String svg = LinesDrawing.draw(chart, new Palette(List.of(findings)), "lines");

    Set<String> heights = new HashSet<>();
    svg.lines()
        .filter(line -> line.contains("\"name start\""))
        .forEach(line -> heights.add(line.replaceAll(".* y=\"([^\"]*)\".*", "$1")));
    assertEquals(8, heights.size(), svg);
  }

  private static Lines lines(List<Series> series) {
    return new Lines("t", "", Axis.neutral("step"), Axis.lower("loss"), series);
  }

  private static Findings findings(Chart chart) {
    return new Findings("e", "q?", "m.", MadeUpFindings.facts(), List.of(), List.of(chart));
  }
}

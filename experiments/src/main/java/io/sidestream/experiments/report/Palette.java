package io.sidestream.experiments.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The colour and shape of each name, the same in every chart of a report. Order: first met. */
final class Palette {
  /*
   * Colours are those that remain distinct to the colour-blind, less the two that vanish on white:
   * Okabe and Ito 2008. They are classes of the style sheet, which has a set for light and one for
   * dark pages. Shapes go round with another period, so that 35 names have a pair of their own.
   */
  static final int COLOURS = 7;

  private static final int SHAPES = 5;
  private static final int DASHES = 3;

  private final Map<String, Integer> places = new LinkedHashMap<>();

  Palette(List<Findings> findings) {
    for (Findings experiment : findings) {
      experiment.charts().forEach(chart -> chart.fold(new ChartNames()).forEach(this::meet));
    }
  }

  private void meet(String name) {
    places.putIfAbsent(name, places.size());
  }

  /** The class of the style sheet that sets the colour. */
  String colour(String name) {
    return "c" + place(name) % COLOURS;
  }

  /** The class of the style sheet that sets how a line is broken: whole for the first names. */
  String dash(String name) {
    return "d" + place(name) / COLOURS % DASHES;
  }

  /** The mark of a name at a place, as an SVG path of about the same area for all shapes. */
  String markPath(String name, double x, double y, double size) {
    double s = size;
    return switch (place(name) % SHAPES) {
      case 0 -> circle(x, y, s);
      case 1 -> path(x - .88 * s, y - .88 * s, 1.76 * s, 0, 0, 1.76 * s, -1.76 * s, 0);
      case 2 -> path(x, y - 1.2 * s, 1.15 * s, 2 * s, -2.3 * s, 0);
      case 3 ->
          path(x, y - 1.25 * s, 1.25 * s, 1.25 * s, -1.25 * s, 1.25 * s, -1.25 * s, -1.25 * s);
      default -> path(x, y + 1.2 * s, 1.15 * s, -2 * s, -2.3 * s, 0);
    };
  }

  private int place(String name) {
    return places.getOrDefault(name, 0);
  }

  private static String circle(double x, double y, double r) {
    String radius = Svg.px(r);
    String arc = "a" + radius + " " + radius + " 0 1 0 ";
    return "M"
        + Svg.px(x - r)
        + " "
        + Svg.px(y)
        + arc
        + Svg.px(2 * r)
        + " 0"
        + arc
        + Svg.px(-2 * r)
        + " 0z";
  }

  private static String path(double x, double y, double... steps) {
    StringBuilder path = new StringBuilder("M" + Svg.px(x) + " " + Svg.px(y));
    for (int i = 0; i < steps.length; i += 2) {
      path.append('l').append(Svg.px(steps[i])).append(' ').append(Svg.px(steps[i + 1]));
    }
    return path.append('z').toString();
  }
}

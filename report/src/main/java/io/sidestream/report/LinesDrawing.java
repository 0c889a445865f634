package io.sidestream.report;

import java.util.List;

/** Draws curves. */
final class LinesDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 360;
  private static final double RIGHT = 18;

  private LinesDrawing() {}

  static String draw(Lines chart, Palette palette, String name) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    PlotFrame frame = frame(chart);
    frame.draw(svg, chart.x(), chart.y());
    for (Series series : chart.series()) {
      String look = look(chart, series, palette);
      svg.path("curve " + look, path(series, frame), series.name());
    }
    return svg.named(name);
  }

  private static PlotFrame frame(Lines chart) {
    Box numbers = Box.of(chart.series().stream().flatMap(series -> series.points().stream()));
    double floor = HEIGHT - PlotFrame.BOTTOM;
    double low = Scale.nearZero(numbers.top(), numbers.bottom());
    Scale y =
        chart.y().logarithmic()
            ? Scale.powers(numbers.top(), numbers.bottom(), floor, PlotFrame.TOP)
            : Scale.covering(low, numbers.bottom(), 5, floor, PlotFrame.TOP);
    double left = numbers.left() == 1 && numbers.right() > 10 ? 0 : numbers.left();
    return new PlotFrame(
        Scale.tight(left, numbers.right(), 6, PlotFrame.left(y), WIDTH - RIGHT), y);
  }

  /** The classes of the style sheet that make a curve unlike the others of its chart. */
  static String look(Lines chart, Series series, Palette palette) {
    List<String> names = chart.names();
    return palette.colour(series.name()) + " " + palette.dash(series.name(), names);
  }

  private static String path(Series series, PlotFrame frame) {
    return Svg.polyline(
        series.points().stream()
            .map(point -> new Point(frame.x().at(point.x()), frame.y().at(point.y())))
            .toList());
  }
}

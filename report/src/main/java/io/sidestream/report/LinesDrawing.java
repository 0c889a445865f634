package io.sidestream.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws curves with their names at their right ends, or in a legend where those do not fit. */
final class LinesDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 360;
  private static final int MAX_NAMES = 10;
  private static final double WIDEST_NAME = 180;
  private static final double LINE_HEIGHT = 15;

  private LinesDrawing() {}

  static String draw(Lines chart, Palette palette, String name) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    double right = hasLegend(chart) ? 18 : 26 + widest(chart);
    PlotFrame frame = frame(chart, numbers(chart), WIDTH - right);
    frame.draw(svg, chart.x(), chart.y());
    for (Series series : chart.series()) {
      String look = look(chart, series, palette);
      svg.path("curve " + look, path(series, frame), series.name());
    }
    if (!hasLegend(chart)) {
      names(svg, chart, palette, frame);
    }
    return svg.named(name);
  }

  private static PlotFrame frame(Lines chart, Box numbers, double right) {
    double floor = HEIGHT - PlotFrame.BOTTOM;
    double low = Scale.nearZero(numbers.top(), numbers.bottom());
    Scale y =
        chart.y().logarithmic()
            ? Scale.powers(numbers.top(), numbers.bottom(), floor, PlotFrame.TOP)
            : Scale.covering(low, numbers.bottom(), 5, floor, PlotFrame.TOP);
    double left = numbers.left() == 1 && numbers.right() > 10 ? 0 : numbers.left();
    return new PlotFrame(Scale.tight(left, numbers.right(), 6, PlotFrame.left(y), right), y);
  }

  /** The classes of the style sheet that make a curve unlike the others of its chart. */
  static String look(Lines chart, Series series, Palette palette) {
    List<String> names = chart.names();
    return palette.colour(series.name()) + " " + palette.dash(series.name(), names);
  }

  /** Whether the names are too many or too long to stand beside their curves. */
  static boolean hasLegend(Lines chart) {
    return chart.series().size() > MAX_NAMES || widest(chart) > WIDEST_NAME;
  }

  private static double widest(Lines chart) {
    return chart.series().stream().mapToDouble(s -> TextWidth.of(s.name())).max().orElse(0);
  }

  private static Box numbers(Lines chart) {
    Box numbers = Box.EMPTY;
    for (Series series : chart.series()) {
      for (Point point : series.points()) {
        numbers = numbers.and(Box.around(point.x(), point.y(), 0, 0));
      }
    }
    return numbers;
  }

  private static String path(Series series, PlotFrame frame) {
    StringBuilder path = new StringBuilder();
    for (Point point : series.points()) {
      path.append(path.isEmpty() ? 'M' : 'L');
      path.append(Svg.px(frame.x().at(point.x()))).append(' ');
      path.append(Svg.px(frame.y().at(point.y())));
    }
    return path.toString();
  }

  private static void names(Svg svg, Lines chart, Palette palette, PlotFrame frame) {
    List<Series> byHeight = new ArrayList<>(chart.series());
    byHeight.sort(Comparator.comparingDouble(series -> frame.y().at(last(series).y())));
    List<Double> heights =
        spread(byHeight.stream().map(series -> frame.y().at(last(series).y())).toList(), frame);
    for (int i = 0; i < byHeight.size(); i++) {
      Series series = byHeight.get(i);
      double end = frame.x().at(last(series).x());
      double height = heights.get(i);
      double start = frame.x().to() + 14;
      svg.path(
          "pointer " + palette.colour(series.name()),
          "M"
              + Svg.px(end + 1)
              + " "
              + Svg.px(frame.y().at(last(series).y()))
              + "L"
              + Svg.px(start - 3)
              + " "
              + Svg.px(height));
      svg.text("name", Svg.Anchor.START, start, height + 4, series.name());
    }
  }

  private static Point last(Series series) {
    return series.points().get(series.points().size() - 1);
  }

  /** Heights a line apart, near the wanted ones, which rise, and inside the frame. */
  private static List<Double> spread(List<Double> wanted, PlotFrame frame) {
    double[] heights = wanted.stream().mapToDouble(Double::doubleValue).toArray();
    double floor = frame.y().from();
    for (int i = 1; i < heights.length; i++) {
      heights[i] = Math.max(heights[i], heights[i - 1] + LINE_HEIGHT);
    }
    for (int i = heights.length - 1; i >= 0; i--) {
      heights[i] = Math.min(heights[i], floor - LINE_HEIGHT * (heights.length - 1 - i));
    }
    List<Double> placed = new ArrayList<>();
    for (double height : heights) {
      placed.add(height);
    }
    return placed;
  }
}

package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/** Draws a scatter: the front below, then error bars, then the marks. */
final class ScatterDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 440;
  private static final double RIGHT = 18;

  /** The size of a mark; unit: pixel. */
  static final double MARK = 5;

  private final Scatter chart;
  private final Palette palette;
  private final PlotFrame frame;
  private final Svg svg = new Svg(WIDTH, HEIGHT);
  private final List<Point> front;

  private ScatterDrawing(Scatter chart, Palette palette) {
    this.chart = chart;
    this.palette = palette;
    this.frame = frame(numbers(chart));
    this.front = front(chart);
  }

  /** The points of the Pareto front; none where the chart has no front. */
  static List<Point> front(Scatter chart) {
    List<Point> points = chart.marks().stream().map(ScatterDrawing::place).toList();
    return chart.front()
        ? ParetoFront.of(points, chart.x().better(), chart.y().better())
        : List.of();
  }

  private static PlotFrame frame(Box numbers) {
    double floor = HEIGHT - PlotFrame.BOTTOM;
    Scale y = Scale.covering(numbers.top(), numbers.bottom(), 5, floor, PlotFrame.TOP);
    double left = PlotFrame.left(y);
    Scale x = Scale.covering(numbers.left(), numbers.right(), 6, left, WIDTH - RIGHT);
    return new PlotFrame(x, y);
  }

  static String draw(Scatter chart, Palette palette, String name) {
    ScatterDrawing drawing = new ScatterDrawing(chart, palette);
    drawing.frame.draw(drawing.svg, chart.x(), chart.y());
    drawing.front();
    chart.marks().forEach(drawing::errorBars);
    chart.marks().forEach(drawing::mark);
    return drawing.svg.named(name);
  }

  private static Box numbers(Scatter chart) {
    Box numbers = Box.EMPTY;
    for (Scatter.Mark mark : chart.marks()) {
      numbers = numbers.and(Box.around(mark.x(), mark.y(), mark.xError(), mark.yError()));
    }
    return new Box(
        Scale.nearZero(numbers.left(), numbers.right()),
        Scale.nearZero(numbers.top(), numbers.bottom()),
        numbers.right(),
        numbers.bottom());
  }

  static Point place(Scatter.Mark mark) {
    return new Point(mark.x(), mark.y());
  }

  private double x(Scatter.Mark mark) {
    return frame.x().at(mark.x());
  }

  private double y(Scatter.Mark mark) {
    return frame.y().at(mark.y());
  }

  /** The border of the dominated area: a staircase. */
  private void front() {
    if (front.isEmpty()) {
      return;
    }
    svg.path("front", Svg.polyline(frontCorners()), "Pareto front");
  }

  /** The corners of the staircase in pixels, from the best x to the best y. */
  private List<Point> frontCorners() {
    boolean up = chart.y().better() == Better.HIGHER;
    boolean right = chart.x().better() == Better.HIGHER;
    List<Point> corners = new ArrayList<>();
    double height = up ? frame.y().from() : frame.y().to();
    for (Point point : front) {
      double x = frame.x().at(point.x());
      corners.add(new Point(x, height));
      height = frame.y().at(point.y());
      corners.add(new Point(x, height));
    }
    corners.add(new Point(right ? frame.x().from() : frame.x().to(), height));
    return corners;
  }

  private void errorBars(Scatter.Mark mark) {
    String classes = "errorbar " + palette.colour(mark.name());
    if (mark.xError() > 0) {
      double low = frame.x().at(mark.x() - mark.xError());
      double high = frame.x().at(mark.x() + mark.xError());
      svg.path(classes, ErrorBar.horizontal(low, high, y(mark)));
    }
    if (mark.yError() > 0) {
      double low = frame.y().at(mark.y() - mark.yError());
      double high = frame.y().at(mark.y() + mark.yError());
      svg.path(classes, ErrorBar.vertical(low, high, x(mark)));
    }
  }

  private void mark(Scatter.Mark mark) {
    svg.path(
        "mark " + palette.colour(mark.name()),
        palette.shape(mark.name()).path(x(mark), y(mark), MARK),
        hover(mark));
  }

  private String hover(Scatter.Mark mark) {
    return mark.name()
        + "\n"
        + chart.x().label()
        + ": "
        + Decimals.measured(mark.x(), mark.xError())
        + "\n"
        + chart.y().label()
        + ": "
        + Decimals.measured(mark.y(), mark.yError());
  }
}

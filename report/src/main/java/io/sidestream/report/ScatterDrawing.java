package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/** Draws a scatter: error bars below, then the front, the marks, and their names where they fit. */
final class ScatterDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 440;
  private static final double RIGHT = 18;
  private static final double MARK = 5;

  private final Scatter chart;
  private final Palette palette;
  private final PlotFrame frame;
  private final Svg svg = new Svg(WIDTH, HEIGHT);
  private final List<Point> front;

  private ScatterDrawing(Scatter chart, Palette palette) {
    this.chart = chart;
    this.palette = palette;
    this.frame = frame(numbers(chart));
    this.front =
        chart.front()
            ? ParetoFront.of(
                chart.marks().stream().map(ScatterDrawing::place).toList(),
                chart.x().better(),
                chart.y().better())
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
    drawing.names();
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

  private static Point place(Scatter.Mark mark) {
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
    List<Point> corners = frontCorners();
    StringBuilder path = new StringBuilder();
    for (Point corner : corners) {
      path.append(path.isEmpty() ? "M" : "L").append(Svg.px(corner.x()));
      path.append(' ').append(Svg.px(corner.y()));
    }
    svg.path("front", path.toString(), "Pareto front");
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

  private List<Box> frontBoxes() {
    List<Box> boxes = new ArrayList<>();
    List<Point> corners = front.isEmpty() ? List.of() : frontCorners();
    for (int i = 1; i < corners.size(); i++) {
      Point one = corners.get(i - 1);
      Point other = corners.get(i);
      boxes.add(Box.around(one.x(), one.y(), 1, 1).and(Box.around(other.x(), other.y(), 1, 1)));
    }
    return boxes;
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

  private void names() {
    List<LabelPlacement.Anchor> anchors = new ArrayList<>();
    List<Box> bars = frontBoxes();
    for (Scatter.Mark mark : chart.marks()) {
      String name = TextWidth.cut(mark.name(), WIDTH / 2);
      anchors.add(new LabelPlacement.Anchor(name, x(mark), y(mark), MARK + 1));
      double xReach = Math.abs(frame.x().at(mark.x() + mark.xError()) - x(mark));
      double yReach = Math.abs(frame.y().at(mark.y() + mark.yError()) - y(mark));
      bars.add(Box.around(x(mark), y(mark), xReach, 1));
      bars.add(Box.around(x(mark), y(mark), 1, yReach));
    }
    List<LabelPlacement.Label> labels = LabelPlacement.place(anchors, bars, frame.area());
    for (int i = 0; i < labels.size(); i++) {
      LabelPlacement.Label label = labels.get(i);
      if (label.isFar()) {
        svg.line(
            "leader",
            anchors.get(i).x(),
            anchors.get(i).y(),
            edgeX(label, anchors.get(i)),
            edgeY(label, anchors.get(i)));
      }
      String weight = front.contains(place(chart.marks().get(i))) ? "name onfront" : "name";
      svg.text(weight, Svg.Anchor.MIDDLE, label.x(), label.baseline(), label.name());
    }
  }

  private static double edgeX(LabelPlacement.Label label, LabelPlacement.Anchor anchor) {
    return Math.max(label.box().left(), Math.min(label.box().right(), anchor.x()));
  }

  private static double edgeY(LabelPlacement.Label label, LabelPlacement.Anchor anchor) {
    return Math.max(label.box().top(), Math.min(label.box().bottom(), anchor.y()));
  }
}

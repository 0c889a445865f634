package io.sidestream.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws a space with equal scales and no ticks, each group one path of dots, to keep files small.
 */
final class SpaceDrawing {
  private static final double WIDTH = 560;
  private static final double MIN_HEIGHT = 240;
  private static final double MAX_HEIGHT = 460;
  private static final double MARGIN = 16;
  private static final double SMALLEST = 1e-12;

  /** Up to this number of points, dots are large. */
  private static final int FEW = 1_500;

  /** Above this number of points, dots are small. */
  private static final int MANY = 6_000;

  private final Box numbers;
  private final double scale; // pixels per unit
  private final Svg svg;

  private SpaceDrawing(Box numbers) {
    this.numbers = numbers;
    double width = Math.max(numbers.width(), SMALLEST);
    double height = Math.max(numbers.height(), SMALLEST);
    this.scale = Math.min((WIDTH - 2 * MARGIN) / width, (MAX_HEIGHT - 2 * MARGIN) / height);
    this.svg = new Svg(WIDTH, Math.max(MIN_HEIGHT, height * scale + 2 * MARGIN));
  }

  static String draw(Space chart, Palette palette, String name) {
    Box numbers = Box.EMPTY;
    int points = 0;
    for (Space.Group group : chart.groups()) {
      for (Point point : group.points()) {
        numbers = numbers.and(Box.around(point.x(), point.y(), 0, 0));
      }
      points += group.points().size();
    }
    SpaceDrawing drawing = new SpaceDrawing(numbers);
    drawing.plane(chart.title());
    for (Space.Group group : chart.groups()) {
      drawing.dots(group, size(points) + " " + palette.colour(group.name()));
    }
    drawing.names(chart);
    return drawing.svg.named(name);
  }

  private static String size(int points) {
    return points <= FEW ? "dots large" : points <= MANY ? "dots" : "dots fine";
  }

  private double x(double number) {
    return WIDTH / 2 + (number - (numbers.left() + numbers.right()) / 2) * scale;
  }

  private double y(double number) {
    return svg.height() / 2 - (number - (numbers.top() + numbers.bottom()) / 2) * scale;
  }

  private void plane(String title) {
    svg.rectangle("plane", 1, 1, WIDTH - 2, svg.height() - 2, title);
  }

  private void dots(Space.Group group, String look) {
    StringBuilder path = new StringBuilder();
    for (Point point : group.points()) {
      path.append('M').append(Svg.px(x(point.x()))).append(' ').append(Svg.px(y(point.y())));
      path.append("h0");
    }
    svg.path(look, path.toString(), group.name());
  }

  /** The name of each group in its middle. */
  private void names(Space chart) {
    List<LabelPlacement.Anchor> anchors = new ArrayList<>();
    for (Space.Group group : chart.groups()) {
      if (!group.points().isEmpty()) {
        double x = x(median(group.points().stream().mapToDouble(Point::x).toArray()));
        double y = y(median(group.points().stream().mapToDouble(Point::y).toArray()));
        anchors.add(new LabelPlacement.Anchor(group.name(), x, y, 0));
      }
    }
    Box area = new Box(MARGIN, MARGIN, WIDTH - MARGIN, svg.height() - MARGIN);
    for (LabelPlacement.Label label : LabelPlacement.place(anchors, List.of(), area)) {
      svg.text("name group", Svg.Anchor.MIDDLE, label.x(), label.baseline(), label.name());
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}

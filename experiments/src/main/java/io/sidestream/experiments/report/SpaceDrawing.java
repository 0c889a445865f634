package io.sidestream.experiments.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws a space with equal scales and no ticks, each group one path of dots, to keep files small.
 */
final class SpaceDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 440;
  private static final double MARGIN = 14;
  private static final int FEW = 1_500;

  private SpaceDrawing() {}

  static String draw(Space chart, Palette palette, String name) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    Box numbers = Box.EMPTY;
    int all = 0;
    for (Space.Group group : chart.groups()) {
      for (Point point : group.points()) {
        numbers = numbers.and(Box.around(point.x(), point.y(), 0, 0));
      }
      all += group.points().size();
    }
    svg.rectangle("plane", 1, 1, WIDTH - 2, HEIGHT - 2, chart.title());
    double scale =
        Math.min(
            (WIDTH - 2 * MARGIN) / Math.max(numbers.width(), 1e-12),
            (HEIGHT - 2 * MARGIN) / Math.max(numbers.height(), 1e-12));
    double xMiddle = (numbers.left() + numbers.right()) / 2;
    double yMiddle = (numbers.top() + numbers.bottom()) / 2;
    String size = all <= FEW ? "dots large " : "dots ";
    List<LabelPlacement.Anchor> anchors = new ArrayList<>();
    for (Space.Group group : chart.groups()) {
      if (group.points().isEmpty()) {
        continue;
      }
      StringBuilder path = new StringBuilder();
      for (Point point : group.points()) {
        double x = WIDTH / 2 + (point.x() - xMiddle) * scale;
        double y = HEIGHT / 2 - (point.y() - yMiddle) * scale;
        path.append('M').append(Svg.px(x)).append(' ').append(Svg.px(y)).append("h0");
      }
      svg.path(size + palette.colour(group.name()), path.toString(), group.name());
      double x = WIDTH / 2 + (median(group, true) - xMiddle) * scale;
      double y = HEIGHT / 2 - (median(group, false) - yMiddle) * scale;
      anchors.add(new LabelPlacement.Anchor(group.name(), x, y, 0));
    }
    Box area = new Box(MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN);
    for (LabelPlacement.Label label : LabelPlacement.place(anchors, List.of(), area)) {
      svg.text("name group", Svg.Anchor.MIDDLE, label.x(), label.baseline(), label.name());
    }
    return svg.named(name);
  }

  private static double median(Space.Group group, boolean ofX) {
    double[] sorted =
        group.points().stream().mapToDouble(p -> ofX ? p.x() : p.y()).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}

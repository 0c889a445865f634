package io.sidestream.report;

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
    int points = chart.groups().stream().mapToInt(group -> group.points().size()).sum();
    SpaceDrawing drawing =
        new SpaceDrawing(Box.of(chart.groups().stream().flatMap(g -> g.points().stream())));
    Svg svg = drawing.svg;
    svg.rectangle("plane", 1, 1, WIDTH - 2, svg.height() - 2, chart.title());
    for (Space.Group group : chart.groups()) {
      drawing.dots(group, size(points) + " " + palette.colour(group.name()));
    }
    return svg.named(name);
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

  private void dots(Space.Group group, String look) {
    StringBuilder path = new StringBuilder();
    for (Point point : group.points()) {
      path.append('M').append(Svg.px(x(point.x()))).append(' ').append(Svg.px(y(point.y())));
      path.append("h0");
    }
    svg.path(look, path.toString(), group.name());
  }
}

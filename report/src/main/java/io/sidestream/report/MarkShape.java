package io.sidestream.report;

/** The forms of marks, all of about the same area. */
enum MarkShape {
  CIRCLE,
  SQUARE,
  UPWARD,
  DIAMOND,
  DOWNWARD;

  /** The mark around a place, as an SVG path; size is the radius of the circle in pixels. */
  String path(double x, double y, double size) {
    double s = size;
    return switch (this) {
      case CIRCLE -> circle(x, y, s);
      case SQUARE -> path(x - .88 * s, y - .88 * s, 1.76 * s, 0, 0, 1.76 * s, -1.76 * s, 0);
      case UPWARD -> path(x, y - 1.2 * s, 1.15 * s, 2 * s, -2.3 * s, 0);
      case DIAMOND ->
          path(x, y - 1.25 * s, 1.25 * s, 1.25 * s, -1.25 * s, 1.25 * s, -1.25 * s, -1.25 * s);
      case DOWNWARD -> path(x, y + 1.2 * s, 1.15 * s, -2 * s, -2.3 * s, 0);
    };
  }

  private static String circle(double x, double y, double r) {
    String arc = "a" + Svg.px(r) + " " + Svg.px(r) + " 0 1 0 ";
    String there = arc + Svg.px(2 * r) + " 0";
    String back = arc + Svg.px(-2 * r) + " 0z";
    return "M" + Svg.px(x - r) + " " + Svg.px(y) + there + back;
  }

  /** A closed line from a start in steps. */
  private static String path(double x, double y, double... steps) {
    StringBuilder path = new StringBuilder("M" + Svg.px(x) + " " + Svg.px(y));
    for (int i = 0; i < steps.length; i += 2) {
      path.append('l').append(Svg.px(steps[i])).append(' ').append(Svg.px(steps[i + 1]));
    }
    return path.append('z').toString();
  }
}

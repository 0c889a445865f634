package io.sidestream.report;

import java.util.stream.Stream;

/** A rectangle; in pixels y grows downwards, in numbers top is the least. */
record Box(double left, double top, double right, double bottom) {
  /** Around nothing; the start of a union. */
  static final Box EMPTY =
      new Box(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  static Box around(double x, double y, double xReach, double yReach) {
    return new Box(x - xReach, y - yReach, x + xReach, y + yReach);
  }

  Box and(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  /** The smallest that holds all these points. */
  static Box of(Stream<Point> points) {
    return points.map(point -> around(point.x(), point.y(), 0, 0)).reduce(EMPTY, Box::and);
  }
}

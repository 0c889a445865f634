package io.sidestream.report;

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

  /** The area that both cover. */
  double overlap(Box other) {
    double w = Math.min(right, other.right) - Math.max(left, other.left);
    double h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return w > 0 && h > 0 ? w * h : 0;
  }

  /** The part of this area that lies outside another. */
  double outside(Box other) {
    return width() * height() - overlap(other);
  }
}

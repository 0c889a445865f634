package io.sidestream.report;

/** A place in the plane. */
record Point(double x, double y) {
  public Point {
    ReportLimits.checkFinite("x", x);
    ReportLimits.checkFinite("y", y);
  }
}

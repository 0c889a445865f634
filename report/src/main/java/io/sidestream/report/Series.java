package io.sidestream.report;

import static io.sidestream.report.Checks.check;
import static io.sidestream.report.ReportLimits.MAX_LINE_POINTS;

import java.util.ArrayList;
import java.util.List;

/** A named curve; points in rising order of x. */
public record Series(String name, List<Point> points) {
  public Series {
    ReportLimits.checkName("name of a series", name);
    ReportLimits.checkCount("points in " + name, points.size(), 1, MAX_LINE_POINTS);
    for (int i = 1; i < points.size(); i++) {
      check(
          points.get(i - 1).x() <= points.get(i).x(),
          "%s: x falls from %s to %s",
          name,
          points.get(i - 1).x(),
          points.get(i).x());
    }
    points = List.copyOf(points);
  }

  /** A curve of values at x = 1, 2, …, averaged in equal runs where there are too many. */
  public static Series of(String name, double... values) {
    int run = Math.max(1, (values.length + MAX_LINE_POINTS - 1) / MAX_LINE_POINTS);
    List<Point> points = new ArrayList<>();
    for (int start = 0; start < values.length; start += run) {
      points.add(mean(values, start, Math.min(values.length, start + run)));
    }
    return new Series(name, points);
  }

  private static Point mean(double[] values, int start, int end) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += values[i];
    }
    return new Point((start + 1 + end) / 2.0, sum / (end - start));
  }
}

package io.sidestream.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The points of a plane that no other point beats on one axis without losing on the other. */
final class ParetoFront {
  private ParetoFront() {}

  /**
   * The front, best x first; a point equal to another on both axes stands beside it.
   *
   * @param x which end of x is good, not {@link Better#NEITHER}
   * @param y which end of y is good, not {@link Better#NEITHER}
   */
  static List<Point> of(List<Point> points, Better x, Better y) {
    double xSign = sign(x);
    double ySign = sign(y);
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(
        Comparator.comparingDouble((Point p) -> -xSign * p.x())
            .thenComparingDouble(p -> -ySign * p.y()));
    List<Point> front = new ArrayList<>();
    for (Point point : sorted) {
      Point last = front.isEmpty() ? null : front.get(front.size() - 1);
      if (last == null || y.prefers(point.y(), last.y()) || point.equals(last)) {
        front.add(point);
      }
    }
    return front;
  }

  private static double sign(Better better) {
    if (better == Better.NEITHER) {
      throw new IllegalArgumentException("a front needs a better end on both axes");
    }
    return better == Better.HIGHER ? 1 : -1;
  }
}

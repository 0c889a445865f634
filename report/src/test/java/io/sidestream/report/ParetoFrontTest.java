package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoFrontTest {
  private static final Comparator<Point> ORDER =
      Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y);

  @ParameterizedTest
  @CsvSource({"HIGHER, HIGHER", "HIGHER, LOWER", "LOWER, HIGHER", "LOWER, LOWER"})
  void of_randomPoints_areThoseThatNoneDominates(Better x, Better y) {
    for (int seed = 0; seed < 200; seed++) {
      List<Point> points = points(seed);

      List<Point> front = new ArrayList<>(ParetoFront.of(points, x, y));

      List<Point> naive =
          new ArrayList<>(
              points.stream()
                  .filter(p -> points.stream().noneMatch(q -> dominates(q, p, x, y)))
                  .toList());
      front.sort(ORDER);
      naive.sort(ORDER);
      assertEquals(naive, front, "seed " + seed);
    }
  }

  @Test
  void of_bothHigher_startsAtTheBestX() {
    List<Point> points = List.of(new Point(1, 3), new Point(2, 2), new Point(1, 1));

    assertEquals(
        List.of(new Point(2, 2), new Point(1, 3)),
        ParetoFront.of(points, Better.HIGHER, Better.HIGHER));
  }

  @Test
  void of_axisWithoutBetterEnd_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ParetoFront.of(List.of(), Better.NEITHER, Better.HIGHER));
  }

  private static boolean dominates(Point one, Point other, Better x, Better y) {
    boolean worse = x.prefers(other.x(), one.x()) || y.prefers(other.y(), one.y());
    return !worse && (x.prefers(one.x(), other.x()) || y.prefers(one.y(), other.y()));
  }

  /** On a small grid, so that points tie on one axis and on both. */
  private static List<Point> points(int seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int i = random.nextInt(25); i >= 0; i--) {
      points.add(new Point(random.nextInt(8), random.nextInt(8)));
    }
    return points;
  }
}

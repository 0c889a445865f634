package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
  /** Four points with variance 2 along (.6, .8, 0) and .5 along (-.8, .6, 0), around (1, 2, 3). */
  private static final float[][] CROSS = {
    {1 + 2 * .6f, 2 + 2 * .8f, 3}, {1 - 2 * .6f, 2 - 2 * .8f, 3},
    {1 - .8f, 2 + .6f, 3}, {1 + .8f, 2 - .6f, 3}
  };

  @Test
  void project_crossInSpace_liesOnTheAxes() {
    List<Point> points = PrincipalAxes.of(CROSS).project(List.of(CROSS));

    double[][] expected = {{2, 0}, {-2, 0}, {0, -1}, {0, 1}};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i][0], points.get(i).x(), 1e-6);
      assertEquals(expected[i][1], points.get(i).y(), 1e-6);
    }
  }

  @Test
  void project_randomPlane_hasTheEigenvaluesOfItsCovariance() {
    Random random = new Random(5);
    float[][] rows = new float[500][2];
    for (float[] row : rows) {
      double common = random.nextGaussian();
      row[0] = (float) (2 * common + .5 * random.nextGaussian());
      row[1] = (float) (-common + .5 * random.nextGaussian());
    }

    List<Point> points = PrincipalAxes.of(rows).project(List.of(rows));

    double[] x = points.stream().mapToDouble(Point::x).toArray();
    double[] y = points.stream().mapToDouble(Point::y).toArray();
    double[] a = column(rows, 0);
    double[] b = column(rows, 1);
    double half = (covariance(a, a) + covariance(b, b)) / 2;
    double root = Math.hypot((covariance(a, a) - covariance(b, b)) / 2, covariance(a, b));
    assertEquals(half + root, covariance(x, x), 1e-6);
    assertEquals(half - root, covariance(y, y), 1e-6);
    assertEquals(0, covariance(x, y), 1e-6);
  }

  @Test
  void project_equalVectors_isTheOrigin() {
    float[][] rows = {{1, 2, 3}, {1, 2, 3}};

    assertEquals(
        List.of(new Point(0, 0), new Point(0, 0)), PrincipalAxes.of(rows).project(List.of(rows)));
  }

  @Test
  void of_sameVectorsTwice_givesTheSameAxes() {
    assertEquals(
        PrincipalAxes.of(CROSS).project(List.of(CROSS)),
        PrincipalAxes.of(CROSS).project(List.of(CROSS)));
  }

  @Test
  void of_badVectors_areRefused() {
    assertRefused(new float[0][]);
    assertRefused(new float[][] {{1}});
    assertRefused(new float[][] {{1, 2}, {1, 2, 3}});
    assertRefused(new float[][] {{1, Float.NaN}});
  }

  private static void assertRefused(float[][] vectors) {
    assertThrows(IllegalArgumentException.class, () -> PrincipalAxes.of(vectors));
  }

  private static double[] column(float[][] rows, int column) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }

  private static double covariance(double[] one, double[] other) {
    double meanOne = Arrays.stream(one).average().orElseThrow();
    double meanOther = Arrays.stream(other).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - meanOne) * (other[i] - meanOther);
    }
    return sum / one.length;
  }
}

package io.sidestream.model.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TowersTest {
  private static final double TOLERANCE = 2e-5;
  private static final int E = 7;
  private static final int C = 3;
  private static final int D = 5;

  @Test
  void item_withAndWithoutCollaborative_equalsDoublePrecision() {
    Random random = seeded("item_withAndWithoutCollaborative_equalsDoublePrecision");
    for (int round = 0; round < 50; round++) {
      Towers towers = towers(random, 4, 0.8);
      float[] text = gaussian(random, E);
      float[] collaborative = gaussian(random, C);
      double[] fromText = product(towers.itemText(), widened(text));
      assertClose(normalized(fromText), towers.item(text, Optional.empty()));
      double[] both = plus(fromText, product(towers.itemCollaborative(), widened(collaborative)));
      assertClose(normalized(both), towers.item(text, Optional.of(collaborative)));
    }
  }

  @Test
  void query_randomText_equalsDoublePrecision() {
    Random random = seeded("query_randomText_equalsDoublePrecision");
    Towers towers = towers(random, 4, 0.8);
    float[] text = gaussian(random, E);
    assertClose(normalized(product(towers.query(), widened(text))), towers.query(text));
  }

  @Test
  void history_longerThanItsWindow_takesTheNewestByDecay() {
    Random random = seeded("history_longerThanItsWindow_takesTheNewestByDecay");
    int window = 4;
    double decay = 0.7;
    Towers towers = towers(random, window, decay);
    for (int length = 1; length <= 7; length++) {
      List<float[]> items = new ArrayList<>();
      double[] pooled = new double[D];
      for (int i = 0; i < length; i++) {
        items.add(Vectors.normalize(gaussian(random, D)));
        int age = length - 1 - i;
        double weight = age < window ? Math.pow(decay, age) : 0;
        pooled = plus(pooled, scaled(weight, widened(items.get(i))));
      }
      double[] expected = normalized(product(towers.history(), normalized(pooled)));
      assertClose(expected, towers.history(items));
      double[] sum = new double[D];
      for (float[] addend : towers.historyAddends(items)) {
        sum = plus(sum, widened(addend));
      }
      assertClose(sum, towers.history(items));
      double[] newest = widened(towers.history(items.subList(length - 1, length)));
      float[] addend = towers.historyAddends(items).get(length - 1);
      assertEquals(
          Math.sqrt(Vectors.dot(addend, addend)), Vectors.dot(newest, widened(addend)), TOLERANCE);
    }
  }

  @Test
  void history_empty_isRefused() {
    Towers towers = towers(new Random(1), 2, 1);
    assertThrows(IllegalArgumentException.class, () -> towers.history(List.of()));
  }

  @Test
  void constructor_towersIntoDifferentSpaces_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Towers(
                matrix(new Random(1), D, E),
                matrix(new Random(1), D + 1, C),
                matrix(new Random(1), D, E),
                matrix(new Random(1), D, D),
                1,
                1));
  }

  @Test
  void dot_everyLength_equalsDoublePrecision() {
    Random random = seeded("dot_everyLength_equalsDoublePrecision");
    for (int length = 0; length < 40; length++) {
      float[] a = gaussian(random, length + 3);
      float[] b = gaussian(random, length);
      double expected = 0;
      for (int d = 0; d < length; d++) {
        expected += (double) a[3 + d] * b[d];
      }
      assertEquals(expected, Vectors.dot(a, 3, b), 1e-4);
    }
  }

  @Test
  void normalize_zeroVector_staysZero() {
    assertArrayEquals(new float[3], Vectors.normalize(new float[3]));
  }

  private static Random seeded(String test) {
    long seed = System.nanoTime();
    System.out.println(test + " seed " + seed);
    return new Random(seed);
  }

  private static Towers towers(Random random, int historyItems, double decay) {
    return new Towers(
        matrix(random, D, E),
        matrix(random, D, C),
        matrix(random, D, E),
        matrix(random, D, D),
        historyItems,
        decay);
  }

  private static Matrix matrix(Random random, int rows, int columns) {
    return new Matrix(rows, columns, gaussian(random, rows * columns));
  }

  private static float[] gaussian(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static double[] widened(float[] vector) {
    double[] wide = new double[vector.length];
    for (int d = 0; d < wide.length; d++) {
      wide[d] = vector[d];
    }
    return wide;
  }

  private static double[] product(Matrix matrix, double[] vector) {
    double[] product = new double[matrix.rows()];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        product[row] += matrix.values()[row * matrix.columns() + column] * vector[column];
      }
    }
    return product;
  }

  private static double[] plus(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int d = 0; d < sum.length; d++) {
      sum[d] += other[d];
    }
    return sum;
  }

  private static double[] scaled(double factor, double[] vector) {
    double[] scaled = vector.clone();
    for (int d = 0; d < scaled.length; d++) {
      scaled[d] *= factor;
    }
    return scaled;
  }

  private static double[] normalized(double[] vector) {
    double squares = 0;
    for (double number : vector) {
      squares += number * number;
    }
    return scaled(1 / Math.sqrt(squares), vector);
  }

  private static void assertClose(double[] expected, float[] found) {
    assertArrayEquals(expected, widened(found), TOLERANCE);
  }
}

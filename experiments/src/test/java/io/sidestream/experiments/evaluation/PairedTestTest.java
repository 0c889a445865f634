package io.sidestream.experiments.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedTestTest {
  /** The sleep data of Student 1908: ten patients, two drugs; t = 4.0621, p = 0.002833. */
  private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

  private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  @Test
  void of_studentsSleepData_isAsPublished() {
    PairedTest test = PairedTest.of(SECOND, FIRST);

    assertEquals(1.58, test.difference(), 1e-12);
    assertEquals(4.0621, test.difference() / test.standardError(), 1e-4);
    assertEquals(0.002833, test.p(), 1e-6);
    assertEquals(10, test.n());
    assertTrue(test.significant());
    assertEquals(test.p(), PairedTest.of(FIRST, SECOND).p());
  }

  /** Critical values as tables print them. */
  @ParameterizedTest
  @CsvSource({
    "12.706205, 1, 0.05",
    "63.656741, 1, 0.01",
    "4.302653, 2, 0.05",
    "2.776445, 4, 0.05",
    "4.604095, 4, 0.01",
    "2.228139, 10, 0.05",
    "1.983972, 100, 0.05",
    "2.625891, 100, 0.01"
  })
  void twoSided_criticalValues_areAsInTables(double t, int degrees, double p) {
    assertEquals(p, PairedTest.twoSided(t, degrees), 1e-7);
    assertEquals(p, PairedTest.twoSided(-t, degrees), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 1, 3, 30, 1e6})
  void twoSided_oneAndTwoDegrees_areAsInClosedForm(double t) {
    assertEquals(1 - 2 / Math.PI * Math.atan(t), PairedTest.twoSided(t, 1), 1e-12);
    assertEquals(1 - t / Math.sqrt(2 + t * t), PairedTest.twoSided(t, 2), 1e-12);
  }

  @Test
  void twoSided_farOut_goesToZero() {
    assertEquals(0, PairedTest.twoSided(Double.POSITIVE_INFINITY, 3));
    assertEquals(0, PairedTest.twoSided(1e9, 50), 1e-300);
  }

  @Test
  void of_equalValues_areNoDifference() {
    PairedTest test = PairedTest.of(FIRST, FIRST);

    assertEquals(1, test.p());
    assertFalse(test.significant());
  }

  @Test
  void of_constantDifference_isCertain() {
    assertEquals(0, PairedTest.of(new double[] {2, 3, 4}, new double[] {1, 2, 3}).p());
  }

  @Test
  void of_otherLengthsOrOnePair_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(FIRST, new double[2]));
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(new double[1], new double[1]));
  }
}

package io.sidestream.experiments.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {
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
  void twoSided_criticalValues_areAsInTables(double t, double degrees, double p) {
    assertEquals(p, StudentT.twoSided(t, degrees), 1e-7);
    assertEquals(p, StudentT.twoSided(-t, degrees), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 1, 3, 30, 1e6})
  void twoSided_oneAndTwoDegrees_areAsInClosedForm(double t) {
    assertEquals(1 - 2 / Math.PI * Math.atan(t), StudentT.twoSided(t, 1), 1e-12);
    assertEquals(1 - t / Math.sqrt(2 + t * t), StudentT.twoSided(t, 2), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 3", "1, 5", "2, 30", "4, 2000", "0.5, 99999"})
  void twoSided_density_integratesToIt(double t, int degrees) {
    assertEquals(1 - 2 * integral(t, degrees), StudentT.twoSided(t, degrees), 1e-9);
  }

  @Test
  void twoSided_farOut_goesToZero() {
    assertEquals(0, StudentT.twoSided(Double.POSITIVE_INFINITY, 3));
    assertEquals(0, StudentT.twoSided(1e9, 50), 1e-300);
  }

  @Test
  void twoSided_noDegrees_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> StudentT.twoSided(1, 0));
    assertThrows(IllegalArgumentException.class, () -> StudentT.twoSided(Double.NaN, 1));
  }

  @Test
  void logGamma_wholeAndHalf_areAsInClosedForm() {
    assertEquals(Math.log(120), StudentT.logGamma(6), 1e-12);
    assertEquals(Math.log(Math.sqrt(Math.PI)), StudentT.logGamma(0.5), 1e-12);
    assertEquals(0, StudentT.logGamma(1), 1e-12);
  }

  /** Simpson's rule over [0, t]. */
  private static double integral(double t, int degrees) {
    int steps = 2_000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = t * i / steps;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.pow(1 + x * x / degrees, -(degrees + 1) / 2.0);
    }
    double scale =
        Math.exp(StudentT.logGamma((degrees + 1) / 2.0) - StudentT.logGamma(degrees / 2.0));
    return sum * t / steps / 3 * scale / Math.sqrt(degrees * Math.PI);
  }
}

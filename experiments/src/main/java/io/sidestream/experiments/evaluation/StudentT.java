package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

/** Student's t distribution. */
final class StudentT {
  /*
   * P(|T| > t) with n degrees of freedom is the regularized incomplete beta function I_x(n/2, 1/2) at x = n / (n + t^2)
   * [1, 26.5.27]. I_x(a, b) is x^a (1-x)^b / (a B(a, b)) times a continued fraction [2, 8.17.22], which converges fast
   * below x = (a + 1) / (a + b + 2); above it, I_x(a, b) = 1 - I_{1-x}(b, a). The fraction is taken by Lentz's method,
   * the logarithm of the gamma function by Stirling's series [2, 5.11.1] after moving its argument above 10.
   * [1] Abramowitz and Stegun 1964  [2] NIST Digital Library of Mathematical Functions
   */
  private static final int MAX_TERMS = 10_000;
  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;
  private static final double STIRLING_FROM = 10;

  private StudentT() {}

  /** The probability that T is at least as far from zero as t, either side; in [0, 1]. */
  static double twoSided(double t, double degrees) {
    check(degrees > 0, "%s degrees of freedom, expected more than 0", degrees);
    check(!Double.isNaN(t), "t is not a number");
    return Double.isInfinite(t) ? 0 : beta(degrees / (degrees + t * t), degrees / 2, 0.5);
  }

  /** The regularized incomplete beta function I_x(a, b). */
  static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    return x < (a + 1) / (a + b + 2) ? byFraction(x, a, b) : 1 - byFraction(1 - x, b, a);
  }

  private static double byFraction(double x, double a, double b) {
    double logFront =
        a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
    return Math.exp(logFront) / (a * fraction(x, a, b));
  }

  /** 1 + d1 / (1 + d2 / (1 + ...)). */
  private static double fraction(double x, double a, double b) {
    double value = 1;
    double c = 1;
    double d = 0;
    for (int k = 1; k <= MAX_TERMS; k++) {
      double term = term(k, x, a, b);
      d = 1 / notZero(1 + term * d);
      c = notZero(1 + term / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < PRECISION) {
        return value;
      }
    }
    throw new ArithmeticException(
        "incomplete beta of x " + x + ", a " + a + ", b " + b + " does not converge");
  }

  private static double term(int k, double x, double a, double b) {
    int m = k / 2;
    return k % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  }

  private static double notZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** The logarithm of the gamma function of a positive number. */
  static double logGamma(double x) {
    double shift = 0;
    double z = x;
    for (; z < STIRLING_FROM; z++) {
      shift += Math.log(z);
    }
    double w = 1 / (z * z);
    double series = (1 - w * (1 / 30.0 - w * (1 / 105.0 - w * (1 / 140.0 - w / 99)))) / (12 * z);
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}

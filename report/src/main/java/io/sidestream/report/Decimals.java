package io.sidestream.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers as papers print them. */
public final class Decimals {
  private static final int SIGNIFICANT = 4;

  private Decimals() {}

  /** A number as papers print it: no zero before the point, no minus sign before zero. */
  public static String print(double value, int decimals) {
    BigDecimal rounded = rounded(value, decimals);
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", rounded.abs());
    String figure = decimals > 0 && text.startsWith("0.") ? text.substring(1) : text;
    return rounded.signum() < 0 ? "-" + figure : figure;
  }

  /** A number with four significant digits, for places outside of columns. */
  static String significant(double value) {
    return print(value, significantDecimals(List.of(value)));
  }

  /** A number with its error, where it has one. */
  static String measured(double value, double error) {
    return error == 0 ? significant(value) : significant(value) + " ± " + significant(error);
  }

  /** The decimals that give the largest number four digits; none where all numbers are whole. */
  static int significantDecimals(List<Double> values) {
    double largest = values.stream().mapToDouble(Math::abs).max().orElse(0);
    if (values.stream().allMatch(value -> value == Math.rint(value))) {
      return 0;
    }
    int digits = (int) Math.floor(Math.log10(largest)) + 1;
    return Math.max(0, Math.min(Column.MAX_DECIMALS, SIGNIFICANT - Math.max(1, digits)));
  }

  /** The number that is printed, by which the best of a column is found. */
  static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}

package io.sidestream.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A cell as it is printed, in the pieces that are aligned below each other; any may be empty. */
record CellParts(String value, String mark, String spread) {
  private static final int SIGNIFICANT = 4;
  private static final String NOTHING = "–";

  static CellParts of(Cell cell, Column column) {
    return cell.fold(
        new Cell.Fold<>() {
          @Override
          public CellParts measured(Cell.Measured measured) {
            return new CellParts(
                decimal(measured.value(), column.decimals()),
                measured.mark(),
                spread(measured.spread(), column.decimals()));
          }

          @Override
          public CellParts count(Cell.Count count) {
            return new CellParts(String.format(Locale.ROOT, "%,d", count.value()), "", "");
          }

          @Override
          public CellParts text(Cell.Text text) {
            return new CellParts(text.text(), "", "");
          }

          @Override
          public CellParts absent() {
            return new CellParts(NOTHING, "", "");
          }
        });
  }

  /** A number as papers print it: no zero before the point, none but real minus signs. */
  static String decimal(double value, int decimals) {
    BigDecimal rounded = rounded(value, decimals);
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", rounded.abs());
    String figure = decimals > 0 && text.startsWith("0.") ? text.substring(1) : text;
    return rounded.signum() < 0 ? "-" + figure : figure;
  }

  /** A number with four digits that count, for places without a column that says how many. */
  static String significant(double value) {
    return decimal(value, significantDecimals(List.of(value)));
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

  private static String spread(Spread spread, int decimals) {
    return switch (spread.kind()) {
      case NONE -> "";
      case DEVIATION -> "± " + decimal(spread.size(), decimals);
      case STANDARD_ERROR -> "(" + decimal(spread.size(), decimals) + ")";
    };
  }
}

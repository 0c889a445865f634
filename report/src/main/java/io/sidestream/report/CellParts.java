package io.sidestream.report;

import java.util.Locale;

/** A cell as it is printed, in the pieces that are aligned below each other; any may be empty. */
record CellParts(String value, String mark, String spread) {
  private static final String NOTHING = "–";

  static CellParts of(Cell cell, Column column) {
    return cell.fold(
        new Cell.Fold<>() {
          @Override
          public CellParts measured(Cell.Measured measured) {
            return new CellParts(
                Decimals.print(measured.value(), column.decimals()),
                measured.mark(),
                spread(measured.spread(), column.decimals()));
          }

          @Override
          public CellParts count(Cell.Count count) {
            return new CellParts(String.format(Locale.ROOT, "%,d", count.value()), "", "");
          }

          @Override
          public CellParts absent() {
            return new CellParts(NOTHING, "", "");
          }
        });
  }

  private static String spread(Spread spread, int decimals) {
    return switch (spread.kind()) {
      case NONE -> "";
      case DEVIATION -> "± " + Decimals.print(spread.size(), decimals);
      case STANDARD_ERROR -> "(" + Decimals.print(spread.size(), decimals) + ")";
    };
  }
}

package io.sidestream.report;

/**
 * The head of a column of numbers.
 *
 * @param better which of its numbers is the best, if any
 * @param decimals places behind the point of measured numbers, in [0, {@value #MAX_DECIMALS}]
 */
public record Column(String name, Better better, int decimals) {
  /** Most places behind the point. */
  public static final int MAX_DECIMALS = 9;

  /** Recall and its kin, as papers print them: .231. */
  private static final int RECALL_DECIMALS = 3;

  public Column {
    ReportLimits.checkName("name of a column", name);
    ReportLimits.checkCount("decimals of " + name, decimals, 0, MAX_DECIMALS);
  }

  /** A column in which the highest number is the best, with three decimals. */
  public static Column higher(String name) {
    return new Column(name, Better.HIGHER, RECALL_DECIMALS);
  }

  /** A column in which the lowest number is the best, with three decimals. */
  public static Column lower(String name) {
    return new Column(name, Better.LOWER, RECALL_DECIMALS);
  }

  /** A column in which no number is better than another, with three decimals. */
  public static Column neutral(String name) {
    return new Column(name, Better.NEITHER, RECALL_DECIMALS);
  }

  /** The same with this number of decimals. */
  public Column withDecimals(int places) {
    return new Column(name, better, places);
  }
}

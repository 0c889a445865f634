package io.sidestream.report;

import static io.sidestream.report.Checks.check;

/**
 * What a scale of a chart measures, with its unit where it has one, and which end is good.
 *
 * @param logarithmic whether equal distances are equal ratios; for the upright axis of lines alone
 */
public record Axis(String label, Better better, boolean logarithmic) {
  public Axis {
    ReportLimits.checkName("label of an axis", label);
  }

  /** An axis on which more is better. */
  public static Axis higher(String label) {
    return new Axis(label, Better.HIGHER, false);
  }

  /** An axis on which less is better. */
  public static Axis lower(String label) {
    return new Axis(label, Better.LOWER, false);
  }

  /** An axis without a good end. */
  public static Axis neutral(String label) {
    return new Axis(label, Better.NEITHER, false);
  }

  /** The same on a logarithmic scale. */
  Axis onLogScale() {
    return new Axis(label, better, true);
  }

  void checkLinear() {
    check(!logarithmic, "axis %s is logarithmic, which this chart does not draw", label);
  }
}

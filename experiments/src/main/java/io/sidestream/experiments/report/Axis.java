package io.sidestream.experiments.report;

/** What a scale of a chart measures, with its unit where it has one, and which end is good. */
public record Axis(String label, Better better) {
  public Axis {
    ReportLimits.checkName("label of an axis", label);
  }

  /** An axis on which more is better. */
  public static Axis higher(String label) {
    return new Axis(label, Better.HIGHER);
  }

  /** An axis on which less is better. */
  public static Axis lower(String label) {
    return new Axis(label, Better.LOWER);
  }

  /** An axis without a good end. */
  public static Axis neutral(String label) {
    return new Axis(label, Better.NEITHER);
  }
}

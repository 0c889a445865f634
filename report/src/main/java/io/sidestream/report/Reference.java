package io.sidestream.report;

/** A thin line across a chart at a value to compare with, such as a baseline that has no x. */
public record Reference(Of of, double value, String label) {
  /** The axis on which the value lies. */
  public enum Of {
    X,
    Y
  }

  public Reference {
    ReportLimits.checkFinite("reference", value);
    ReportLimits.checkName("label of a reference", label);
  }
}

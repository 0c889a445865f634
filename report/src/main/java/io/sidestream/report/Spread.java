package io.sidestream.report;

import static io.sidestream.report.Checks.check;

/** How far a measured number may be off, and in which sense; in the number's own unit. */
public record Spread(Kind kind, double size) {
  /** Nothing is known of it. */
  static final Spread NONE = new Spread(Kind.NONE, 0);

  /** The senses of a spread. */
  public enum Kind {
    NONE,
    /** Standard deviation over seeds; printed as ± .004. */
    DEVIATION,
    /** Standard error over the tested users or queries; printed as (.004). */
    STANDARD_ERROR
  }

  public Spread {
    ReportLimits.checkSpread("spread", size);
    check(kind != Kind.NONE || size == 0, "spread of no kind has size %s, expected 0", size);
  }

  /** Standard deviation over seeds. */
  public static Spread deviation(double size) {
    return new Spread(Kind.DEVIATION, size);
  }

  /** Standard error over the tested users or queries. */
  public static Spread standardError(double size) {
    return new Spread(Kind.STANDARD_ERROR, size);
  }
}

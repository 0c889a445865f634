package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.OptionalDouble;

/** One cell of a table. */
public sealed interface Cell permits Cell.Measured, Cell.Count, Cell.Absent {
  /** Nothing was measured here. */
  @SuppressWarnings("ClassInitializationDeadlock") // the interface initializes no case of its own
  Cell ABSENT = new Absent();

  /** Calls the function of this case. */
  <T> T fold(Fold<T> cases);

  /** The number that competes for the best of its column, if it is one. */
  default OptionalDouble number() {
    return OptionalDouble.empty();
  }

  /** A number without spread or mark. */
  static Measured of(double value) {
    return of(value, Spread.NONE);
  }

  /** A number with its spread. */
  static Measured of(double value, Spread spread) {
    return new Measured(value, spread, "");
  }

  /** A count. */
  static Cell count(long value) {
    return new Count(value);
  }

  /** One function per case. */
  interface Fold<T> {
    T measured(Measured cell);

    T count(Count cell);

    T absent();
  }

  /**
   * A measured number.
   *
   * @param mark shown behind it, such as † for a significant difference; empty for none
   */
  record Measured(double value, Spread spread, String mark) implements Cell {
    public Measured {
      ReportLimits.checkFinite("measured number", value);
      check(
          mark.length() <= ReportLimits.MAX_MARK,
          "mark has %d characters, expected at most %d",
          mark.length(),
          ReportLimits.MAX_MARK);
    }

    /** The same with another mark. */
    public Measured withMark(String other) {
      return new Measured(value, spread, other);
    }

    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(value);
    }

    @Override
    public <T> T fold(Fold<T> cases) {
      return cases.measured(this);
    }
  }

  /** A count; a whole number, never rounded. */
  record Count(long value) implements Cell {
    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(value);
    }

    @Override
    public <T> T fold(Fold<T> cases) {
      return cases.count(this);
    }
  }

  /** Nothing was measured here. */
  record Absent() implements Cell {
    @Override
    public <T> T fold(Fold<T> cases) {
      return cases.absent();
    }
  }
}

package io.sidestream.trainer.watching;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Duration;

/**
 * When a candidate is promoted or retired without an operator.
 *
 * @param within longest time that a candidate has, from its announcement; zero for no such decision
 * @param tests events that live generation and candidate are compared by
 */
public record TrialRule(Duration within, int tests) {
  /** Fewer tell nothing. */
  public static final int MIN_TESTS = 100;

  public static final int MAX_TESTS = 1_000_000;

  /** Of a one-sided test at 5 %. */
  static final double STANDARD_ERRORS = 1.645;

  public TrialRule {
    check(!within.isNegative(), "time of a trial is %s, expected zero or more", within);
    checkRange(tests, MIN_TESTS, MAX_TESTS, "trial of %d tests");
  }

  /** Whether anything is decided. */
  public boolean isOn() {
    return !within.isZero();
  }
}

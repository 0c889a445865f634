package io.sidestream.trainer.watching;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Duration;

/**
 * When a generation that went live is rolled back without an operator.
 *
 * @param within time from its announcement in which it may be; zero for never
 * @param tests events of a block by which it is compared with the one before
 */
public record RollbackRule(Duration within, int tests) {
  /*
   * Blocks do not overlap, and each is one look: four standard errors are exceeded by chance once
   * in 30,000 looks. At two tests a second, blocks of 2,000 are 86 looks a day of up to three
   * tests each, so that an equal generation is rolled back in less than one of a hundred days.
   */
  static final double STANDARD_ERRORS = 4;

  public RollbackRule {
    check(!within.isNegative(), "time of a rollback is %s, expected zero or more", within);
    checkRange(tests, TrialRule.MIN_TESTS, TrialRule.MAX_TESTS, "rollback by %d tests");
  }

  /** Whether anything is rolled back. */
  public boolean isOn() {
    return !within.isZero();
  }
}

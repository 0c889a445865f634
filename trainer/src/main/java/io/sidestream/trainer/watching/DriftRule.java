package io.sidestream.trainer.watching;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * When recall of the live generation has fallen so far that a training is requested.
 *
 * @param fall least fall of recall, as a share of what it was; 0 for no such request
 * @param interval least time since the last request, whatever that was for
 */
public record DriftRule(double fall, Duration interval) {
  /*
   * The first tests of a generation are what it was worth; each further block of as many is
   * compared with them, or with the first since a training was requested. A fall counts where it is
   * as large as asked for, and four standard errors of a difference of two shares: by chance once
   * in 30,000 blocks, which at two tests a second is one in three months for each task.
   */

  /** Tests of a block. */
  static final int TESTS = 500;

  static final double STANDARD_ERRORS = 4;

  public DriftRule {
    check(fall >= 0 && fall <= 1, "fall of recall is %s, expected 0 to 1", fall);
    check(!interval.isNegative(), "interval is %s, expected zero or more", interval);
  }

  /** Whether anything is requested. */
  public boolean isOn() {
    return fall > 0;
  }

  /** Whether a training may be requested, so long after the last request. */
  public boolean mayRequest(Optional<Instant> last, Instant now) {
    return last.filter(at -> now.isBefore(at.plus(interval))).isEmpty();
  }

  /** A sentence where recall fell, from hits of two blocks. */
  Optional<String> fallen(String task, int before, int now) {
    return isOn() && isFall(before, now)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "recall of %s on %d events fell from %.3f to %.3f, threshold %.0f %%",
                task,
                TESTS,
                share(before),
                share(now),
                100 * fall))
        : Optional.empty();
  }

  /** Whether that is a fall, from hits of two blocks. */
  boolean isFall(int before, int now) {
    double both = share(before + now) / 2;
    double error = Math.sqrt(both * (1 - both) * 2 / TESTS);
    double lost = share(before - now);
    return lost >= fall * share(before) && lost > STANDARD_ERRORS * error;
  }

  private static double share(int hits) {
    return (double) hits / TESTS;
  }
}

package io.sidestream.model.store;

import static io.sidestream.schemas.Checks.check;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Time until what failed is tried again: doubled after each failure, up to a limit. */
public record RetryDelays(Duration first, Duration longest) implements Serializable {
  public static final RetryDelays DEFAULT =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Time between two looks whether a wait is to end. */
  private static final long LOOK_MILLIS = 50;

  /** Doublings after which the longest delay is reached whatever the first is. */
  private static final int MAX_DOUBLINGS = 30;

  public RetryDelays {
    check(
        !first.isNegative() && !first.isZero() && first.compareTo(longest) <= 0,
        "retry delays are %s to %s, expected positive ones that grow",
        first,
        longest);
  }

  /**
   * The delay after a number of failures in a row.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    Duration delay = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return delay.compareTo(longest) < 0 ? delay : longest;
  }

  /**
   * Waits for the delay after a number of failures in a row.
   *
   * @param stopping asked again and again; true, or what it throws, ends the wait
   */
  public void await(int failures, BooleanSupplier stopping) throws InterruptedException {
    long end = System.nanoTime() + after(failures).toNanos();
    for (long left = 1; left > 0 && !stopping.getAsBoolean(); ) {
      left = end - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
    }
  }
}

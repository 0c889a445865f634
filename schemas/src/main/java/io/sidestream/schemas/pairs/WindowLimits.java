package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;

/**
 * Window of a user's events that pair with a new one.
 *
 * @param items most different items in the window, 1 to {@value #MAX_ITEMS}
 * @param age longest time between two events of a pair, either way
 */
public record WindowLimits(int items, Duration age) {
  /** Largest window: each event costs as many pairs as the window holds. */
  public static final int MAX_ITEMS = 200;

  /** Twenty items within ninety days. */
  public static final WindowLimits DEFAULT = new WindowLimits(20, Duration.ofDays(90));

  public WindowLimits {
    check(
        items > 0 && items <= MAX_ITEMS,
        "window holds %d items, expected 1 to %d",
        items,
        MAX_ITEMS);
    check(!age.isNegative() && !age.isZero(), "window age is %s, expected more than zero", age);
  }
}

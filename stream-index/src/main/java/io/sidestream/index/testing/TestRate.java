package io.sidestream.index.testing;

import java.util.concurrent.TimeUnit;

/** At most a number of tests in a second on average, as many at once after a pause. One thread. */
final class TestRate {
  /*
   * A token bucket that holds a second's worth. The time of the last refill moves on by what was
   * refilled alone, so that fractions of a test are not lost.
   */
  private final int perSecond;
  private final long nanosPerTest;
  private int left;
  private long filledAt;

  TestRate(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.nanosPerTest = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.left = perSecond;
    this.filledAt = nowNanos;
  }

  /** Whether one more is allowed now; it then counts. */
  boolean take(long nowNanos) {
    long refilled = (nowNanos - filledAt) / nanosPerTest;
    if (refilled >= perSecond - left) {
      left = perSecond;
      filledAt = nowNanos;
    } else {
      left += (int) refilled;
      filledAt += refilled * nanosPerTest;
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}

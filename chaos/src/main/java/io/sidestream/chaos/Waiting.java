package io.sidestream.chaos;

import java.time.Clock;
import java.time.Duration;

/** Waits for what takes a while, and not for ever. */
record Waiting(Clock clock) {
  private static final long PAUSE_MILLIS = 500;

  /** What is looked at again and again. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws InterruptedException;
  }

  /** Whether a condition came to hold within a limit. */
  boolean until(Duration limit, Condition condition) throws InterruptedException {
    long end = clock.millis() + limit.toMillis();
    while (!condition.holds()) {
      if (clock.millis() > end) {
        return false;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}

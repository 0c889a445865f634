package io.sidestream.chaos;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what takes a while, and not for ever. */
record Waiting(Clock clock) {
  private static final long PAUSE_MILLIS = 500;

  /** Whether a condition came to hold within a limit. */
  boolean until(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long end = clock.millis() + limit.toMillis();
    while (!condition.getAsBoolean()) {
      if (clock.millis() > end) {
        return false;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}

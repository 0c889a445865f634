package io.sidestream.cli.demo;

import io.sidestream.schemas.UserErrorException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Polls a condition, up to a time limit.
 *
 * @param check throws when waiting is pointless
 */
record Waiting(Clock clock, Duration limit, Runnable check) {
  private static final long PAUSE_NANOS = 5_000_000;

  /**
   * Polls until there is a value.
   *
   * @param what name of the value, for the error message
   */
  <T> T until(String what, Supplier<Optional<T>> poll) {
    long start = clock.millis();
    while (clock.millis() - start < limit.toMillis()) {
      Optional<T> value = poll.get();
      if (value.isPresent()) {
        return value.get();
      }
      check.run();
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new UserErrorException("interrupted while waiting for %s", what);
      }
    }
    throw new UserErrorException("%s did not come within %s", what, ConsoleReporter.seconds(limit));
  }

  /** Waits until a condition holds; returns how long that took. */
  Duration untilTrue(String what, Supplier<Boolean> condition) {
    long start = clock.millis();
    until(what, () -> condition.get() ? Optional.of(true) : Optional.empty());
    return Duration.ofMillis(clock.millis() - start);
  }
}

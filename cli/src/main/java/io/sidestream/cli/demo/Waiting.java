package io.sidestream.cli.demo;

import io.sidestream.schemas.UserErrorException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for something to come true, up to a limit.
 *
 * @param alive throws when there is no point in waiting any longer
 */
record Waiting(Clock clock, Duration limit, Runnable alive) {
  private static final long PAUSE_NANOS = 5_000_000;

  /**
   * The first value that a question is answered with.
   *
   * @param what what is waited for, for the refusal when it does not come
   */
  <T> T until(String what, Supplier<Optional<T>> question) {
    long start = clock.millis();
    while (clock.millis() - start < limit.toMillis()) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      alive.run();
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

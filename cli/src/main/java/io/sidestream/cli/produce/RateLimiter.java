package io.sidestream.cli.produce;

import java.time.Clock;
import java.util.concurrent.locks.LockSupport;

/** Limits the average rate since its start; a late caller may catch up. One thread. */
public final class RateLimiter {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MILLI_NANOS = 1_000_000L;

  private final Clock clock;
  private final int perSecond;
  private final long startMillis;
  private long given;

  private RateLimiter(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.startMillis = clock.millis();
  }

  /** A rate per second from now on. */
  public static RateLimiter perSecond(int rate, Clock clock) {
    return new RateLimiter(rate, clock);
  }

  /** Waits until the next one is due. */
  public void awaitNext() {
    long wait = nanosToNext();
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(wait);
      wait = nanosToNext();
    }
    given++;
  }

  /** Time until the next one is due; 0 or less when it is. */
  long nanosToNext() {
    double dueNanos = (double) given * SECOND_NANOS / perSecond;
    return (long) dueNanos - (clock.millis() - startMillis) * MILLI_NANOS;
  }
}

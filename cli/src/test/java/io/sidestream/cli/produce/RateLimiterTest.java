package io.sidestream.cli.produce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @Test
  void awaitNext_first_isDueAtOnce() {
    assertEquals(0, RateLimiter.perSecond(10, STANDING).nanosToNext());
  }

  @Test
  void nanosToNext_afterOne_isThePeriod() {
    RateLimiter limiter = RateLimiter.perSecond(10, STANDING);
    limiter.awaitNext();
    assertEquals(100_000_000, limiter.nanosToNext());
  }

  @Test
  void awaitNext_realClock_holdsTheRate() {
    RateLimiter limiter = RateLimiter.perSecond(1_000, Clock.systemUTC());
    long start = System.nanoTime();
    for (int i = 0; i < 101; i++) {
      limiter.awaitNext();
    }
    assertTrue(System.nanoTime() - start >= 95_000_000);
  }
}

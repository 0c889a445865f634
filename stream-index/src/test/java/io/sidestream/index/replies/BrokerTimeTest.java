package io.sidestream.index.replies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BrokerTimeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong jumped = new AtomicLong();
  private final BrokerTime time = new BrokerTime(new JumpingClock(), nanos::get);

  /** B13: a clock that is set while the process runs. */
  @Tag("B13")
  @Test
  void now_clockOfThisMachineJumps_goesOn() {
    assertFalse(time.isKnown());
    for (long by : new long[] {300_000, -300_000}) {
      jumped.set(by);
      assertEquals(NOW, time.now());
    }
    time.appended(NOW.plusSeconds(60).toEpochMilli());
    jumped.set(0);
    pass(Duration.ofMillis(7));
    assertTrue(time.isKnown());
    assertEquals(NOW.plusSeconds(60).plusMillis(7), time.now());
  }

  @Test
  void appended_slowAcknowledgement_doesNotSetItBack() {
    time.appended(NOW.toEpochMilli());
    pass(Duration.ofSeconds(30));
    time.appended(NOW.toEpochMilli());
    assertEquals(NOW.plusSeconds(30), time.now());
  }

  @Test
  void appended_clockOfTheBrokerIsSetBack_isFollowedInTheEnd() {
    time.appended(NOW.toEpochMilli());
    pass(BrokerTime.QUICKEST_OF);
    time.appended(NOW.minusSeconds(300).toEpochMilli());
    assertEquals(NOW.minusSeconds(300), time.now());
  }

  private void pass(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private final class JumpingClock extends Clock {
    @Override
    public Instant instant() {
      return NOW.plusMillis(jumped.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

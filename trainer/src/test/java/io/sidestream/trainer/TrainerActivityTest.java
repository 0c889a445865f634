package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TrainerActivityTest {
  private static final Duration TOO_LONG = TrainerActivity.POLL_LIMIT.plusMillis(1);

  /** A clock that is set by hand. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH.plus(TOO_LONG);

    @Override
    public Instant instant() {
      return now;
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

  private final HandClock clock = new HandClock();
  private final TrainerActivity activity = new TrainerActivity(clock);

  @Test
  void isConsuming_noPollForTooLong_isFalse() {
    assertFalse(activity.isConsuming());
    activity.polled();
    assertTrue(activity.isConsuming());
    clock.now = clock.now.plus(TOO_LONG);
    assertFalse(activity.isConsuming());
  }

  @Test
  void isConsuming_whileARequestIsAnswered_isTrue() {
    activity.answering(true);
    clock.now = clock.now.plus(Duration.ofDays(1));
    assertTrue(activity.isConsuming());
    activity.answering(false);
    assertTrue(activity.isConsuming());
    clock.now = clock.now.plus(TOO_LONG);
    assertFalse(activity.isConsuming());
  }
}

package io.sidestream.rehearsal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that says what it was set to last. One thread. */
final class SimulatedClock extends Clock {
  private Instant now = Instant.EPOCH;

  void set(Instant next) {
    now = next;
  }

  /** Nanoseconds of this clock, for intervals. */
  long nanoTime() {
    return now.toEpochMilli() * 1_000_000;
  }

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
    throw new UnsupportedOperationException("the clock of a rehearsal has no zone");
  }
}

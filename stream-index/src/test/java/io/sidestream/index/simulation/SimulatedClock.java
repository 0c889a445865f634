package io.sidestream.index.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/** A machine's clock, which may jump, and the time itself, which does not. */
final class SimulatedClock extends Clock {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final int MOST_NANOS = 200_000;

  /**
   * An answer that began before its deadline, in whole milliseconds, is written this much later.
   */
  static final Duration ANSWER = Duration.ofMillis(2);

  private Random random = new Random(0);
  private long nanos;
  private long jumpedMillis;

  /** Begins again, right. */
  void reset(Random seeded) {
    random = seeded;
    nanos = 0;
    jumpedMillis = 0;
  }

  /** Time passes with each look at it. */
  long nanoTime() {
    nanos += random.nextInt(MOST_NANOS);
    return nanos;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** The machine's clock is wrong from now on. */
  void jump(Duration by) {
    jumpedMillis = by.toMillis();
  }

  /** The time itself, as brokers and clients have it. */
  long trueMillis() {
    return START.plusNanos(nanos).toEpochMilli();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(trueMillis() + jumpedMillis);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("zones do not matter here");
  }
}

package io.sidestream.index.replies;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The brokers' clock, as their acknowledgements show it: requests bear its times. Between them a
 * clock counts that does not jump, so that the clock of this machine may. Thread-safe.
 */
public final class BrokerTime {
  /**
   * How long the quickest acknowledgement counts: a slower one says less, but a clock of a broker
   * that was set back must be followed.
   */
  static final Duration QUICKEST_OF = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private volatile Moment last;

  /**
   * @param known whether a broker said so
   */
  private record Moment(long millis, long nanos, boolean known) {
    Instant at(long nanoTime) {
      return Instant.ofEpochMilli(millis).plusNanos(nanoTime - nanos);
    }
  }

  /**
   * @param clock of this machine, which gives the time until a broker acknowledges something
   */
  public BrokerTime(Clock clock, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = new Moment(clock.millis(), nanoTime.getAsLong(), false);
  }

  /** That of a machine that has acknowledged nothing yet. */
  public static BrokerTime unknown() {
    return new BrokerTime(Clock.systemUTC(), System::nanoTime);
  }

  /** A record was appended just now, at this time of its broker; unit: epoch milliseconds. */
  public void appended(long brokerMillis) {
    Moment former = last;
    long nanos = nanoTime.getAsLong();
    boolean slower = brokerMillis < former.at(nanos).toEpochMilli();
    if (!former.known || !slower || nanos - former.nanos >= QUICKEST_OF.toNanos()) {
      last = new Moment(brokerMillis, nanos, true);
    }
  }

  /** Whether a broker has acknowledged something. */
  public boolean isKnown() {
    return last.known;
  }

  public Instant now() {
    return last.at(nanoTime.getAsLong());
  }
}

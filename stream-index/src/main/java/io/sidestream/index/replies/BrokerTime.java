package io.sidestream.index.replies;

import java.time.Clock;
import java.time.Instant;

/**
 * The brokers' clock, as their acknowledgements show it: requests bear its times, and the clock of
 * this machine may differ. Thread-safe.
 */
public final class BrokerTime {
  private final Clock clock;
  private volatile long aheadMillis; // of this machine's clock
  private volatile boolean known;

  /**
   * @param clock of this machine, which counts until a broker has acknowledged something
   */
  public BrokerTime(Clock clock) {
    this.clock = clock;
  }

  /** A record was appended just now, at this time of its broker; unit: epoch milliseconds. */
  public void appended(long brokerMillis) {
    aheadMillis = clock.millis() - brokerMillis;
    known = true;
  }

  /** Whether a broker has acknowledged something. */
  public boolean isKnown() {
    return known;
  }

  public Instant now() {
    return clock.instant().minusMillis(aheadMillis);
  }
}

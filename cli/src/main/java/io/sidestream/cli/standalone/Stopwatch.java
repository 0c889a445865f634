package io.sidestream.cli.standalone;

import java.time.Clock;
import java.time.Duration;

/** Measures one stage after another. One thread. */
final class Stopwatch {
  private final Clock clock;
  private long startMillis;

  Stopwatch(Clock clock) {
    this.clock = clock;
    this.startMillis = clock.millis();
  }

  /** The time since the last call, or since the beginning. */
  Duration lap() {
    long now = clock.millis();
    Duration lap = Duration.ofMillis(now - startMillis);
    startMillis = now;
    return lap;
  }
}

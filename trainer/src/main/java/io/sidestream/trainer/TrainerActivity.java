package io.sidestream.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether the thread that takes requests is at work. Thread-safe. */
final class TrainerActivity {
  /** A consumer that was not polled for longer is stuck. */
  static final Duration POLL_LIMIT = Duration.ofSeconds(30);

  private final Clock clock;
  private volatile Instant polled = Instant.EPOCH;
  private volatile boolean answering;

  TrainerActivity(Clock clock) {
    this.clock = clock;
  }

  /** The consumer was polled. */
  void polled() {
    polled = clock.instant();
  }

  /** A request is being answered, or no more: the consumer is not polled meanwhile. */
  void answering(boolean begun) {
    polled();
    answering = begun;
  }

  boolean isConsuming() {
    return answering || Duration.between(polled, clock.instant()).compareTo(POLL_LIMIT) <= 0;
  }
}

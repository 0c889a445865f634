package io.sidestream.chaos;

import io.sidestream.datasets.sample.SampleSize;
import java.time.Duration;

/** Sizes, rates and limits of all runs. */
final class RunLimits {
  /** Small: a training takes seconds. */
  static final SampleSize SAMPLE = new SampleSize(80, 40, 4, 1_600);

  static final double REQUESTS_PER_SECOND = 5;
  static final double EVENTS_PER_SECOND = 5;

  /** Longest time until the first generation serves. */
  static final Duration START_LIMIT = Duration.ofMinutes(10);

  /** Longest time, after the last fault, until a condition that ends the run holds. */
  static final Duration SETTLE_LIMIT = Duration.ofMinutes(4);

  /** A fault is survived when an answer comes within this time after it is over. */
  static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

  /**
   * By which an answer may be written after its deadline: the longest stop of its process, and then
   * an outage of the broker, whose time it bears.
   */
  static final Duration LATE_ALLOWANCE = Duration.ofSeconds(90);

  private RunLimits() {}
}

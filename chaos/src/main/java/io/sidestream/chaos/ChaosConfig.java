package io.sidestream.chaos;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is given.
 *
 * @param seed of the first schedule; that of each further one is one more
 * @param schedules how many befall the system, one after another
 * @param length of each; the start before the first, and the checks after each, come on top
 * @param work directory of everything, empty at first
 * @param program the command line of this system, which runs the processes
 */
public record ChaosConfig(
    long seed, int schedules, Duration length, Path work, JavaProgram program) {
  /** Most schedules. */
  public static final int MAX_SCHEDULES = 1_000;

  public ChaosConfig {
    checkRange(schedules, 1, MAX_SCHEDULES, "run of %d schedules");
  }

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
}

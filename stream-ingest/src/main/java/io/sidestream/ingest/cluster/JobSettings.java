package io.sidestream.ingest.cluster;

import static io.sidestream.schemas.Checks.check;

import java.net.URI;
import java.time.Duration;

/**
 * Settings that all jobs share.
 *
 * @param checkpoints where checkpoints are kept, a URI of a file system that Flink knows
 * @param interval time between two checkpoints; exactly-once output is visible this much later
 * @param parallelism subtasks of every operator, 1 to {@value #MAX_PARALLELISM}
 */
public record JobSettings(URI checkpoints, Duration interval, int parallelism) {
  /** Key groups of keyed state: fixed, so that a job can be rescaled. */
  public static final int MAX_PARALLELISM = 128;

  /** A shorter one would leave no time for processing. */
  public static final Duration INTERVAL_MIN = Duration.ofMillis(10);

  public JobSettings {
    check(
        checkpoints.isAbsolute(),
        "checkpoint directory is %s, expected a URI such as file:///path",
        checkpoints);
    check(
        interval.compareTo(INTERVAL_MIN) >= 0,
        "checkpoint interval is %s, expected %s or more",
        interval,
        INTERVAL_MIN);
    check(
        parallelism > 0 && parallelism <= MAX_PARALLELISM,
        "parallelism is %d, expected 1 to %d",
        parallelism,
        MAX_PARALLELISM);
  }
}

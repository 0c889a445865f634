package io.sidestream.ingest.cluster;

import static io.sidestream.schemas.Checks.check;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings that all jobs share.
 *
 * @param checkpoints where checkpoints are kept, a URI of a file system that Flink knows
 * @param savepoints where a stopped job leaves its savepoint, kept for good; with its checkpoints
 *     if empty
 * @param interval time between two checkpoints; exactly-once output is visible this much later
 * @param parallelism subtasks of every operator, 1 to {@value #MAX_PARALLELISM}
 * @param backend where keyed state is kept
 */
public record JobSettings(
    URI checkpoints,
    Optional<URI> savepoints,
    Duration interval,
    int parallelism,
    StateBackend backend) {
  /** Key groups of keyed state: fixed, so that a job can be rescaled. */
  public static final int MAX_PARALLELISM = 128;

  /** A shorter one would leave no time for processing. */
  public static final Duration INTERVAL_MIN = Duration.ofMillis(10);

  public JobSettings {
    checkAbsolute("checkpoint", checkpoints);
    savepoints.ifPresent(directory -> checkAbsolute("savepoint", directory));
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

  /** State on the heap, savepoints with the checkpoints. */
  public JobSettings(URI checkpoints, Duration interval, int parallelism) {
    this(checkpoints, Optional.empty(), interval, parallelism, StateBackend.HASHMAP);
  }

  /** The same with another time between two checkpoints. */
  JobSettings withInterval(Duration other) {
    return new JobSettings(checkpoints, savepoints, other, parallelism, backend);
  }

  private static void checkAbsolute(String what, URI directory) {
    check(
        directory.isAbsolute(),
        "%s directory is %s, expected a URI such as file:///path",
        what,
        directory);
  }
}

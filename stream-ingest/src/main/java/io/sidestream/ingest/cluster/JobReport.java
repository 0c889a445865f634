package io.sidestream.ingest.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a cluster says about a job.
 *
 * @param running whether each of its tasks runs
 * @param newest the last completed checkpoint since the job started here
 * @param completed checkpoints since then
 * @param failed checkpoints since then
 */
public record JobReport(
    boolean running, Optional<CompletedCheckpoint> newest, long completed, long failed) {
  /**
   * A completed checkpoint.
   *
   * @param took from its trigger to its last acknowledgement
   * @param bytes of the whole state
   */
  public record CompletedCheckpoint(Instant at, Duration took, long bytes) {}
}

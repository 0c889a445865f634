package io.sidestream.ingest.cluster;

import io.sidestream.ingest.cluster.JobReport.CompletedCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.jspecify.annotations.Nullable;

/** Reads reports from Flink's execution graphs, and from its REST endpoint. */
final class JobReports {
  private JobReports() {}

  static JobReport of(AccessExecutionGraph graph) {
    CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
    return new JobReport(
        runs(graph),
        completed(checkpoints.getHistory().getLatestCompletedCheckpoint()),
        checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
        checkpoints.getCounts().getNumberOfFailedCheckpoints());
  }

  /** What a cluster's REST endpoint says. */
  static CompletableFuture<JobReport> of(RestClusterClient<?> client, JobID id) {
    JobMessageParameters job = new JobMessageParameters();
    job.jobPathParameter.resolve(id);
    EmptyRequestBody nothing = EmptyRequestBody.getInstance();
    return client
        .sendRequest(JobDetailsHeaders.getInstance(), job, nothing)
        .thenCombine(
            client.sendRequest(CheckpointingStatisticsHeaders.getInstance(), job, nothing),
            JobReports::of);
  }

  private static JobReport of(JobDetailsInfo job, CheckpointingStatistics checkpoints) {
    boolean running =
        job.getJobStatus() == JobStatus.RUNNING
            && job.getJobVertexInfos().stream()
                .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    return new JobReport(
        running,
        completed(checkpoints.getLatestCheckpoints().getCompletedCheckpointStatistics()),
        checkpoints.getCounts().getNumberCompletedCheckpoints(),
        checkpoints.getCounts().getNumberFailedCheckpoints());
  }

  private static Optional<CompletedCheckpoint> completed(@Nullable CheckpointStatistics newest) {
    return Optional.ofNullable(newest)
        .map(
            stats ->
                new CompletedCheckpoint(
                    Instant.ofEpochMilli(stats.getLatestAckTimestamp()),
                    Duration.ofMillis(stats.getDuration()),
                    stats.getStateSize()));
  }

  /** A job is called running as soon as its tasks are scheduled. */
  private static boolean runs(AccessExecutionGraph graph) {
    return graph.getState() == JobStatus.RUNNING
        && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
            .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
  }

  private static Optional<CompletedCheckpoint> completed(
      @Nullable CompletedCheckpointStats newest) {
    return Optional.ofNullable(newest)
        .map(
            stats ->
                new CompletedCheckpoint(
                    Instant.ofEpochMilli(stats.getLatestAckTimestamp()),
                    Duration.ofMillis(stats.getEndToEndDuration()),
                    stats.getStateSize()));
  }
}

package io.sidestream.ingest.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A submitted job. */
public final class RunningJob {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  /** Longest wait for the checkpoint of a graceful stop, and for the end of a job. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final Path directory;
  private final ClusterClient<?> client;
  private final JobID id;
  private final Supplier<CompletableFuture<JobReport>> report;
  private final Runnable beforeStop;
  private final CompletableFuture<JobResult> ended;

  /** A job of a cluster that is reached over REST. */
  RunningJob(String name, Path directory, RestClusterClient<?> client, JobID id) {
    this(name, directory, client, id, () -> JobReports.of(client, id), () -> {});
  }

  /**
   * @param report asks the cluster about the job
   * @param beforeStop ends what else triggers checkpoints of it: one after the savepoint of a stop
   *     would be newer, and of sources that read no more
   */
  RunningJob(
      String name,
      Path directory,
      ClusterClient<?> client,
      JobID id,
      Supplier<CompletableFuture<JobReport>> report,
      Runnable beforeStop) {
    this.report = report;
    this.beforeStop = beforeStop;
    this.name = name;
    this.directory = directory;
    this.client = client;
    this.id = id;
    this.ended = client.requestJobResult(id);
  }

  public String name() {
    return name;
  }

  /** What the cluster says about it now. */
  public CompletableFuture<JobReport> report() {
    return report.get();
  }

  /** Completes when the job ended, by success, failure or cancellation. */
  public CompletableFuture<JobResult> ended() {
    return ended.copy();
  }

  /** Why the job ended; empty while it runs, and when nothing failed. */
  public Optional<Throwable> failure() {
    if (!ended.isDone()) {
      return Optional.empty();
    }
    return ended
        .<Optional<Throwable>>handle(
            (result, lost) ->
                lost != null
                    ? Optional.of(lost)
                    : result.getSerializedThrowable().map(Throwable.class::cast))
        .join();
  }

  /**
   * Stops with a savepoint, whose output the sinks commit. After {@link #STOP_LIMIT} the job is
   * cancelled, and the next start continues from its last checkpoint.
   */
  public void stop() {
    beforeStop.run();
    if (ended.isDone()) {
      return;
    }
    try {
      within(client.stopWithSavepoint(id, false, directory.toString(), SavepointFormatType.NATIVE));
      within(ended.copy());
    } catch (CompletionException e) {
      LOG.warn("job {} did not stop with a savepoint, and is cancelled", name, e);
      cancel();
    }
  }

  private void cancel() {
    try {
      within(client.cancel(id));
      within(ended.copy());
    } catch (CompletionException e) {
      LOG.warn("job {} could not be cancelled; it ends with its cluster", name, e);
    }
  }

  private static void within(CompletableFuture<?> done) {
    done.orTimeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}

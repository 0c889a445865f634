package io.sidestream.ingest.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the graph of a job, which restores its newest checkpoint. */
final class JobGraphs {
  private static final Logger LOG = LoggerFactory.getLogger(JobGraphs.class);

  /** Most failures within {@link #FAILURE_INTERVAL} that restart a job; one more ends it. */
  private static final int FAILURES_MAX = 5;

  private static final Duration FAILURE_INTERVAL = Duration.ofMinutes(5);
  private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

  private final JobSettings settings;

  JobGraphs(JobSettings settings) {
    this.settings = settings;
  }

  /**
   * The graph of one job.
   *
   * @param wiring adds sources, operators and sinks
   */
  StreamGraph graph(String job, Consumer<StreamExecutionEnvironment> wiring) throws IOException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(job));
    wiring.accept(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(job);
    Optional<Path> checkpoint = new Checkpoints(directory(job)).newest();
    LOG.info("job {} starts from {}", job, checkpoint.map(Path::toString).orElse("the beginning"));
    graph.setSavepointRestoreSettings(
        checkpoint.map(JobGraphs::claim).orElse(SavepointRestoreSettings.none()));
    return graph;
  }

  /** The directory of a job's checkpoints. */
  Path directory(String job) {
    return new Path(settings.checkpoints() + "/" + job);
  }

  /** The job claims the checkpoint: it is removed once there is a newer one. */
  private static SavepointRestoreSettings claim(Path checkpoint) {
    return SavepointRestoreSettings.forPath(checkpoint.toString(), false, RecoveryClaimMode.CLAIM);
  }

  private Configuration configuration(String job) {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
    flink.set(PipelineOptions.MAX_PARALLELISM, JobSettings.MAX_PARALLELISM);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    checkpoints(flink, job);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL,
        FAILURES_MAX);
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
        FAILURE_INTERVAL);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, RESTART_DELAY);
    return flink;
  }

  private void checkpoints(Configuration flink, String job) {
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.interval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory(job).toString());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }
}

package io.sidestream.ingest.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the graph of a job, which restores its newest checkpoint or savepoint. */
public final class JobGraphs {
  private static final Logger LOG = LoggerFactory.getLogger(JobGraphs.class);

  /** Delay of the first restart after a failure; each further one grows. */
  private static final Duration RESTART_DELAY = Duration.ofMillis(250);

  private static final double RESTART_DELAY_GROWTH = 1.5;
  private static final Duration RESTART_DELAY_MAX = Duration.ofSeconds(30);

  /** A job that ran this long since its last failure begins with {@link #RESTART_DELAY} again. */
  private static final Duration RESTART_DELAY_RESET = Duration.ofMinutes(1);

  /**
   * Longest time of a record in a network buffer that does not fill: most are seen with a
   * checkpoint, whose barrier pushes them on, and a thread of each task looks this often.
   */
  private static final Duration BUFFER_TIMEOUT = Duration.ofSeconds(1);

  private final JobSettings settings;

  public JobGraphs(JobSettings settings) {
    this.settings = settings;
  }

  /** The graph of one job, for a cluster to run. */
  StreamGraph graph(String job, Consumer<StreamExecutionEnvironment> wiring) throws IOException {
    StreamExecutionEnvironment environment = environment(job, wiring);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(job);
    graph.setSavepointRestoreSettings(
        SavepointRestoreSettings.fromConfiguration(environment.getConfiguration()));
    return graph;
  }

  /**
   * The environment of one job. It starts from the path that was given to {@code flink run}, else
   * from the job's newest checkpoint or savepoint, else from the beginning.
   *
   * @param wiring adds sources, operators and sinks
   */
  public StreamExecutionEnvironment environment(
      String job, Consumer<StreamExecutionEnvironment> wiring) throws IOException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(job));
    wiring.accept(environment);
    if (startsFrom(environment).isEmpty()) {
      newest(job).ifPresent(newest -> environment.configure(newest));
    }
    LOG.info("job {} starts from {}", job, startsFrom(environment).orElse("the beginning"));
    return environment;
  }

  private static Optional<String> startsFrom(StreamExecutionEnvironment environment) {
    return environment.getConfiguration().getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
  }

  /** The directory of a job's checkpoints. */
  private Path checkpoints(String job) {
    return new Path(settings.checkpoints() + "/" + job);
  }

  /** The directory of a job's savepoints. */
  Path savepoints(String job) {
    return settings.savepoints().map(all -> new Path(all + "/" + job)).orElse(checkpoints(job));
  }

  private Optional<Configuration> newest(String job) throws IOException {
    Set<Path> directories = new LinkedHashSet<>(List.of(checkpoints(job), savepoints(job)));
    return Checkpoints.newest(directories).map(newest -> restore(newest, job));
  }

  /**
   * A job claims its checkpoint, which is removed once there is a newer one; what lies in the
   * directory of savepoints is kept.
   */
  private Configuration restore(Path newest, String job) {
    boolean kept =
        settings.savepoints().isPresent()
            && newest.toString().startsWith(savepoints(job).toString());
    Configuration flink = new Configuration();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, newest.toString());
    flink.set(
        StateRecoveryOptions.RESTORE_MODE,
        kept ? RecoveryClaimMode.NO_CLAIM : RecoveryClaimMode.CLAIM);
    return flink;
  }

  private Configuration configuration(String job) {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
    flink.set(PipelineOptions.MAX_PARALLELISM, JobSettings.MAX_PARALLELISM);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(StateBackendOptions.STATE_BACKEND, settings.backend().flinkName());
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, settings.backend().isIncremental());
    checkpoints(flink, job);
    restarts(flink);
    return flink;
  }

  /** What a job needs may be away for long: it is restarted with growing delays, without end. */
  private static void restarts(Configuration flink) {
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, RESTART_DELAY);
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
        RESTART_DELAY_GROWTH);
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, RESTART_DELAY_MAX);
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        RESTART_DELAY_RESET);
  }

  private void checkpoints(Configuration flink, String job) {
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.interval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints(job).toString());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }
}

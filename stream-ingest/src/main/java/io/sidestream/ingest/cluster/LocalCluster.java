package io.sidestream.ingest.cluster;

import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster inside this process, on the application's class path. It takes a checkpoint an
 * interval after something happened in a job, and now and then in a job where nothing does.
 */
public final class LocalCluster implements JobCluster {
  /** Flink's metrics are not shown. */
  public static final int NO_METRICS_PORT = 0;

  private static final String REPORTER = "prometheus";
  private static final String REPORTER_FACTORY =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

  /** Between two checkpoints of a job in which nothing happens, if the interval is not longer. */
  static final Duration IDLE_INTERVAL = Duration.ofSeconds(10);

  private final MiniCluster cluster;
  private final MiniClusterClient client;
  private final KeptTaskManager taskManager;
  private final JobGraphs graphs;
  private final CheckpointsOfActivity checkpoints;

  private LocalCluster(MiniCluster cluster, MiniClusterClient client, JobSettings settings) {
    this.cluster = cluster;
    this.client = client;
    this.graphs = new JobGraphs(idle(settings));
    this.checkpoints = new CheckpointsOfActivity(new OfThisCluster(), settings.interval());
    this.taskManager = new KeptTaskManager(cluster, LOOK_INTERVAL);
  }

  /**
   * Starts a cluster.
   *
   * @param jobs number of jobs to have slots for
   */
  public static LocalCluster start(JobSettings settings, int jobs) throws Exception {
    return start(settings, jobs, NO_METRICS_PORT);
  }

  /**
   * Starts a cluster.
   *
   * @param jobs number of jobs to have slots for
   * @param metricsPort where Flink's own reporter for Prometheus listens, on all addresses; {@link
   *     #NO_METRICS_PORT} for nowhere
   */
  public static LocalCluster start(JobSettings settings, int jobs, int metricsPort)
      throws Exception {
    if (settings.backend() == StateBackend.ROCKSDB) {
      throw new UserErrorException(
          "ingest.state.backend is rocksdb, which only a Flink cluster of its own has;"
              + " expected hashmap");
    }
    Configuration flink = FlinkConfiguration.load();
    flink.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
    flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    flink.set(RestOptions.ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_PORT, "0");
    if (metricsPort != NO_METRICS_PORT) {
      report(flink, metricsPort);
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(jobs * settings.parallelism())
                .build());
    cluster.start();
    return new LocalCluster(cluster, new MiniClusterClient(flink, cluster), settings);
  }

  private static JobSettings idle(JobSettings settings) {
    boolean isLonger = settings.interval().compareTo(IDLE_INTERVAL) > 0;
    return isLonger ? settings : settings.withInterval(IDLE_INTERVAL);
  }

  private static void report(Configuration flink, int port) {
    Configuration reporter = MetricOptions.forReporter(flink, REPORTER);
    reporter.set(MetricOptions.REPORTER_FACTORY_CLASS, REPORTER_FACTORY);
    reporter.set(ConfigOptions.key("port").stringType().noDefaultValue(), Integer.toString(port));
  }

  @Override
  public RunningJob submit(String job, Consumer<StreamExecutionEnvironment> wiring)
      throws IOException {
    StreamGraph graph = graphs.graph(job, wiring);
    JobID id = client.submitJob(graph).join();
    checkpoints.watch(id);
    return new RunningJob(
        job, graphs.savepoints(job), client, id, () -> report(id), () -> checkpoints.forget(id));
  }

  private CompletableFuture<JobReport> report(JobID job) {
    return cluster.getExecutionGraph(job).thenApply(JobReports::of);
  }

  /** The jobs run nowhere else. */
  @Override
  public boolean stopsJobs() {
    return true;
  }

  /** Stops the cluster; jobs that still run end without a checkpoint. */
  @Override
  public void close() {
    checkpoints.close();
    taskManager.close();
    client.close();
    cluster.closeAsync().join();
  }

  private final class OfThisCluster implements CheckpointsOfActivity.Jobs {
    @Override
    public CompletableFuture<Boolean> running(JobID job) {
      return report(job).thenApply(JobReport::running);
    }

    @Override
    public CompletableFuture<Long> checkpoint(JobID job) {
      return cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED);
    }
  }
}

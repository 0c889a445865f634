package io.sidestream.ingest.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the cluster may be interrupted while it closes
class JobReportsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void of_aRunningJob_isTheSameFromTheGraphAndOverRest() throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestOptions.BIND_PORT, "0");
    try (MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build())) {
      cluster.start();
      JobID id = cluster.submitJob(endless()).join().getJobID();
      try (RestClusterClient<StandaloneClusterId> client = client(cluster)) {
        await().atMost(TIMEOUT).until(() -> local(cluster, id).newest().isPresent());
        await().atMost(TIMEOUT).until(() -> local(cluster, id).running());
        await().atMost(TIMEOUT).until(() -> JobReports.of(client, id).join().running());
        assertTrue(JobReports.of(client, id).join().completed() > 0);
        cluster.cancelJob(id).join();
        await().atMost(TIMEOUT).until(() -> !local(cluster, id).running());
        JobReport last = local(cluster, id);
        await() // the endpoint answers from a cache of some seconds
            .atMost(TIMEOUT)
            .untilAsserted(() -> assertEquals(last, JobReports.of(client, id).join()));
      }
    }
  }

  private static JobReport local(MiniCluster cluster, JobID id) {
    return cluster.getExecutionGraph(id).thenApply(JobReports::of).join();
  }

  private static RestClusterClient<StandaloneClusterId> client(MiniCluster cluster)
      throws Exception {
    URI address = cluster.getRestAddress().get();
    Configuration rest = new Configuration();
    rest.set(RestOptions.ADDRESS, address.getHost());
    rest.set(RestOptions.PORT, address.getPort());
    return new RestClusterClient<>(rest, StandaloneClusterId.getInstance());
  }

  private StreamGraph endless() {
    Configuration job = new Configuration();
    job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    job.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(job).setParallelism(1);
    environment.fromSequence(0, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
    return environment.getStreamGraph();
  }
}

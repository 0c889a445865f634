package io.sidestream.ingest.cluster;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the cluster may be interrupted while it closes
class KeptTaskManagerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  @TempDir Path directory;

  @Test
  void look_theTaskManagerEnded_startsOneThatRunsTheJobAgain() throws Exception {
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
      await().atMost(TIMEOUT).until(() -> runsAtAttempt(cluster, id, 0));
      cluster.terminateTaskManager(0).join();
      try (KeptTaskManager kept = new KeptTaskManager(cluster, INTERVAL)) {
        await().atMost(TIMEOUT).until(() -> runsAtAttempt(cluster, id, 1));
      }
    }
  }

  private static boolean runsAtAttempt(MiniCluster cluster, JobID id, int least) {
    return StreamSupport.stream(
            cluster.getExecutionGraph(id).join().getAllExecutionVertices().spliterator(), false)
        .map(AccessExecutionVertex::getCurrentExecutionAttempt)
        .anyMatch(
            task -> task.getState() == ExecutionState.RUNNING && task.getAttemptNumber() >= least);
  }

  private StreamGraph endless() throws Exception {
    return new JobGraphs(new JobSettings(directory.toUri(), Duration.ofHours(1), 1))
        .graph("endless", KeptTaskManagerTest::wire);
  }

  private static void wire(StreamExecutionEnvironment environment) {
    environment
        .fromSequence(0, Long.MAX_VALUE)
        .uid("numbers")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }
}

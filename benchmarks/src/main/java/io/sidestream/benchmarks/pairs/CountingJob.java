package io.sidestream.benchmarks.pairs;

import io.sidestream.ingest.cluster.JobGraphs;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.StateBackend;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The counting job as it ships, on a Flink cluster inside this process. */
final class CountingJob implements AutoCloseable {
  private static final int PARALLELISM = 2;

  private final JobClient client;
  private final Path checkpoints;

  private CountingJob(JobClient client, Path checkpoints) {
    this.client = client;
    this.checkpoints = checkpoints;
  }

  static CountingJob start(
      Side side, String servers, Namespace namespace, Path directory, int intervalMillis)
      throws Exception {
    Path checkpoints = directory.toAbsolutePath();
    JobSettings settings =
        new JobSettings(
            checkpoints.toUri(),
            Optional.empty(),
            Duration.ofMillis(intervalMillis),
            PARALLELISM,
            side == Side.JOB ? StateBackend.HASHMAP : StateBackend.ROCKSDB);
    KafkaConnectors kafka =
        new KafkaConnectors(
            namespace, Map.of("bootstrap.servers", servers), Duration.ofMinutes(15));
    Topics topics = Topics.of(namespace, TopicPolicy.DEFAULT);
    StreamExecutionEnvironment environment =
        new JobGraphs(settings)
            .environment(
                PairJob.NAME,
                each ->
                    PairJob.wire(
                        each,
                        kafka,
                        topics,
                        CountingRule.of(UserWindows.LIMITS),
                        ItemNeighbours.DEFAULT_BEST));
    return new CountingJob(environment.executeAsync(PairJob.NAME), checkpoints);
  }

  /** Bytes of the files of all checkpoints that are kept, which is the last one. */
  long checkpointBytes() throws IOException {
    return DirectoryTree.bytes(checkpoints);
  }

  @Override
  public void close() {
    client.cancel().join();
  }
}

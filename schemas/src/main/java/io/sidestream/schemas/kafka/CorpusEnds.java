package io.sidestream.schemas.kafka;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Current end offsets of the topics that make a corpus. */
public final class CorpusEnds {
  private CorpusEnds() {}

  /**
   * End offsets of pair counts, items, interactions and searches, committed records only. The
   * counts are listed first, so that they never hold an event that the corpus does not.
   */
  public static CorpusOffsets latest(Admin admin, Topics topics)
      throws InterruptedException, ExecutionException {
    return latest(admin, topics.corpus().stream().map(Topic::name).toList());
  }

  /** The same of the topics of a corpus by name, in the order of {@link Topics#corpus}. */
  public static CorpusOffsets latest(Admin admin, List<String> corpus)
      throws InterruptedException, ExecutionException {
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    for (String topic : corpus) {
      ends.put(topic, latest(admin, topic));
    }
    return new CorpusOffsets(ends);
  }

  /** The end of each partition of a topic, committed records only. */
  public static Map<Integer, Long> latest(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    TopicDescription description =
        admin.describeTopics(List.of(topic)).allTopicNames().get().values().iterator().next();
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    description
        .partitions()
        .forEach(
            partition ->
                wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
    Map<Integer, Long> ends = new HashMap<>();
    ListOffsetsResult listed =
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    for (TopicPartition partition : wanted.keySet()) {
      ends.put(partition.partition(), listed.partitionResult(partition).get().offset());
    }
    return ends;
  }
}

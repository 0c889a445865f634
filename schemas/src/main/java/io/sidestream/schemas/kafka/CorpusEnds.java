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
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    List<Topic> counted =
        List.of(topics.pairCounts(), topics.items(), topics.interactions(), topics.searches());
    for (Topic topic : counted) {
      ends.put(topic.name(), latest(admin, topic.name()));
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

package io.sidestream.index;

import io.sidestream.index.requests.PromptTopology;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topic that histories are restored from. */
final class HistoryChangelog {
  private HistoryChangelog() {}

  /** How many records it ever got. */
  static long records(String brokers, String applicationId)
      throws ExecutionException, InterruptedException {
    String topic = applicationId + "-" + PromptTopology.HISTORIES + "-changelog";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      Map<TopicPartition, OffsetSpec> ends =
          admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(each -> each.offset())
          .sum();
    }
  }
}

package io.sidestream.schemas.kafka;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Compares topics that exist with what they should be. */
public final class TopicComparison {
  private TopicComparison() {}

  /** Every difference, in the order of the topics, all of which exist. */
  public static List<TopicDifference> differences(Admin admin, List<Topic> topics)
      throws InterruptedException, ExecutionException {
    List<String> names = topics.stream().map(Topic::name).toList();
    Map<String, TopicDescription> descriptions = admin.describeTopics(names).allTopicNames().get();
    Map<ConfigResource, Config> configs =
        admin.describeConfigs(names.stream().map(TopicComparison::resource).toList()).all().get();
    List<TopicDifference> differences = new ArrayList<>();
    for (Topic topic : topics) {
      differences.addAll(shape(topic, requireNonNull(descriptions.get(topic.name()))));
      differences.addAll(configs(topic, requireNonNull(configs.get(resource(topic.name())))));
    }
    return differences;
  }

  private static List<TopicDifference> shape(Topic topic, TopicDescription description) {
    List<TopicDifference> differences = new ArrayList<>();
    int partitions = description.partitions().size();
    if (partitions != topic.partitions()) {
      differences.add(TopicDifference.ofPartitions(topic, partitions));
    }
    int replicas =
        description.partitions().stream().mapToInt(one -> one.replicas().size()).min().orElse(0);
    if (topic.replicationFactor() != Topic.BROKER_DEFAULT
        && replicas != topic.replicationFactor()) {
      differences.add(TopicDifference.ofReplicationFactor(topic, replicas));
    }
    return differences;
  }

  private static List<TopicDifference> configs(Topic topic, Config actual) {
    List<TopicDifference> differences = new ArrayList<>();
    TopicCreator.configs(topic)
        .forEach(
            (name, wanted) -> {
              ConfigEntry entry = actual.get(name);
              String found = entry == null ? "not known to the broker" : entry.value();
              if (!wanted.equals(found)) {
                differences.add(TopicDifference.ofConfig(topic, name, found, wanted));
              }
            });
    return differences;
  }

  static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}

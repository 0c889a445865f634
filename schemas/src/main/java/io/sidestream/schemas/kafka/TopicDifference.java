package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topic;
import java.util.Locale;

/**
 * One property in which an existing topic is not as it is wanted.
 *
 * @param property {@value #PARTITIONS}, {@value #REPLICATION_FACTOR}, or a configuration's name
 * @param obstacle why it cannot be altered in place; empty when it can
 */
public record TopicDifference(
    String topic, String property, String actual, String wanted, String obstacle) {
  public static final String PARTITIONS = "partitions";
  public static final String REPLICATION_FACTOR = "replication.factor";

  private static final String FEWER = "Kafka cannot remove partitions";
  private static final String REPLICAS =
      "replicas are added and removed by a reassignment of partitions (kafka-reassign-partitions)";

  static TopicDifference ofPartitions(Topic topic, int actual) {
    String obstacle = topic.partitions() < actual ? FEWER : topic.order().obstacle();
    return new TopicDifference(
        topic.name(), PARTITIONS, text(actual), text(topic.partitions()), obstacle);
  }

  static TopicDifference ofReplicationFactor(Topic topic, int actual) {
    return new TopicDifference(
        topic.name(), REPLICATION_FACTOR, text(actual), text(topic.replicationFactor()), REPLICAS);
  }

  static TopicDifference ofConfig(Topic topic, String name, String actual, String wanted) {
    return new TopicDifference(topic.name(), name, actual, wanted, "");
  }

  /** Whether {@link TopicAlteration} changes it. */
  public boolean isAlterable() {
    return obstacle.isEmpty();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s is %s, expected %s", topic, property, actual, wanted);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}

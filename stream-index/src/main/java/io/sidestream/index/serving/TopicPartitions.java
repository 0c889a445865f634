package io.sidestream.index.serving;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a topic: one created a moment ago may be unknown to some brokers. */
final class TopicPartitions {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MAX_WAITS = 100;

  private TopicPartitions() {}

  /**
   * All partitions of a topic.
   *
   * @throws IllegalStateException when it has none, for too long
   */
  static List<TopicPartition> of(Consumer<?, ?> consumer, String topic, BooleanSupplier stopping) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    for (int wait = 0; found.isEmpty() && wait < MAX_WAITS && !stopping.getAsBoolean(); wait++) {
      sleep();
      found = consumer.partitionsFor(topic);
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("topic " + topic + " has no partitions, expected some");
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** Whether a consumer has read all before these offsets. */
  static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a topic", e);
    }
  }
}

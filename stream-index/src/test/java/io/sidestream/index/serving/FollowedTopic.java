package io.sidestream.index.serving;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A consumer without a group of a topic with one partition, to which records are added. */
final class FollowedTopic {
  final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times) {
          return times.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, time -> new OffsetAndTimestamp(0, time.getValue())));
        }
      };

  private final TopicPartition partition;
  private long offset;

  /**
   * @param end the offset behind what is on the topic at the start
   */
  FollowedTopic(String topic, long end) {
    partition = new TopicPartition(topic, 0);
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        topic, List.of(new PartitionInfo(topic, 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, end));
  }

  /** Adds a record of now, which one of the next polls returns. */
  void add(String key, byte[] value) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    long now = System.currentTimeMillis();
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset++,
                    now,
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    utf8,
                    value,
                    new RecordHeaders(),
                    Optional.empty())));
  }

  /** Passes over the mark of a transaction in one of the next polls, which returns no record. */
  void addMark() {
    consumer.schedulePollTask(() -> consumer.seek(partition, ++offset));
  }
}

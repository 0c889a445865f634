package io.sidestream.schemas.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning to given ends, committed records only. One thread; belongs to no
 * group and commits nothing.
 */
public final class TopicReader implements AutoCloseable {
  /*
   * The end is reached when the consumer's position reaches it, not when a record of that offset is
   * read: transaction markers, aborted records and compaction leave offsets without records, at the
   * very end too.
   */

  /** Longest time without progress before reading fails. */
  static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration progressTimeout;

  /**
   * A reader.
   *
   * @param kafka client settings, {@code bootstrap.servers} at least
   */
  public TopicReader(Map<String, ?> kafka) {
    this(kafka, PROGRESS_TIMEOUT);
  }

  TopicReader(Map<String, ?> kafka, Duration progressTimeout) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove("group.id");
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    config.put("auto.offset.reset", "earliest");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.progressTimeout = progressTimeout;
  }

  /**
   * Passes on every committed record below the ends, in order within a partition.
   *
   * @param ends partition → first offset that is not read
   * @throws TimeoutException when the position makes no progress for too long
   */
  public void readUntil(
      String topic, Map<Integer, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Long> unread = new HashMap<>();
    ends.forEach((partition, end) -> unread.put(new TopicPartition(topic, partition), end));
    consumer.assign(unread.keySet());
    consumer.resume(unread.keySet()); // those of a read before stay paused
    consumer.seekToBeginning(unread.keySet());
    long lastProgress = System.nanoTime();
    while (!dropFinished(unread)) {
      if (poll(unread, records)) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > progressTimeout.toNanos()) {
        throw stuck(unread);
      }
    }
  }

  /** Passes on every record that is committed when the call is made. */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    readUntil(topic, ends(topic), records);
  }

  /** The end of each partition of a topic now, committed records only. */
  public Map<Integer, Long> ends(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<Integer, Long> ends = new HashMap<>();
    consumer.endOffsets(partitions).forEach((key, end) -> ends.put(key.partition(), end));
    return ends;
  }

  /** Drops the partitions whose end is reached; returns whether none is left. */
  private boolean dropFinished(Map<TopicPartition, Long> unread) {
    Set<TopicPartition> finished = new HashSet<>();
    unread.forEach(
        (partition, end) -> {
          if (end == 0 || consumer.position(partition) >= end) {
            finished.add(partition);
          }
        });
    if (!finished.isEmpty()) {
      consumer.pause(finished);
      unread.keySet().removeAll(finished);
    }
    return unread.isEmpty();
  }

  /** Passes on the records of one poll; returns whether any position moved. */
  private boolean poll(
      Map<TopicPartition, Long> unread, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Long> before = positions(unread.keySet());
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> one : polled) {
      Long end = unread.get(new TopicPartition(one.topic(), one.partition()));
      if (end != null && one.offset() < end) {
        records.accept(one);
      }
    }
    return !positions(unread.keySet()).equals(before);
  }

  private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  private TimeoutException stuck(Map<TopicPartition, Long> unread) {
    TopicPartition first = unread.keySet().iterator().next();
    return new TimeoutException(
        "%s stands at offset %d for %d seconds, expected to reach %d"
            .formatted(
                first, consumer.position(first), progressTimeout.toSeconds(), unread.get(first)));
  }

  @Override
  public void close() {
    consumer.close();
  }
}

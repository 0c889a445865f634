package io.sidestream.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed records of a growing topic, from its beginning or from now on. One thread.
 *
 * @param <T> the type of the topic's values
 */
public final class Tail<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Codec<T> codec;

  private Tail(Consumer<byte[], byte[]> consumer, Codec<T> codec) {
    this.consumer = consumer;
    this.codec = codec;
  }

  /** Starts at the first record. */
  public static <T> Tail<T> fromStart(Connection connection, Topic topic, Codec<T> codec) {
    Consumer<byte[], byte[]> consumer = connection.committedReader();
    consumer.seekToBeginning(assign(consumer, topic));
    return new Tail<>(consumer, codec);
  }

  /** Starts after the current end. */
  public static <T> Tail<T> fromEnd(Connection connection, Topic topic, Codec<T> codec) {
    Consumer<byte[], byte[]> consumer = connection.committedReader();
    List<TopicPartition> partitions = assign(consumer, topic);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // resolves the end now, not at the first poll
    return new Tail<>(consumer, codec);
  }

  /** The next values, in order; empty after the time limit. Tombstones are skipped. */
  public List<T> next(Duration wait) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.value() != null) {
        read(record, values);
      }
    }
    return values;
  }

  private void read(ConsumerRecord<byte[], byte[]> record, List<T> values) {
    try {
      values.add(codec.decode(record.value()));
    } catch (MalformedRecordException e) {
      log.warn(
          "{}-{} at {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  /** All partitions of a topic. */
  public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static List<TopicPartition> assign(Consumer<byte[], byte[]> consumer, Topic topic) {
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    return partitions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

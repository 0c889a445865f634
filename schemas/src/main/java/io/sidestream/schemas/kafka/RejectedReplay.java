package io.sidestream.schemas.kafka;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes rejected records back to their topic: original key, bytes and headers. */
public final class RejectedReplay {
  /*
   * Progress is the committed offset of a consumer group per topic, committed after the brokers
   * have acknowledged the batch: a replay that dies repeats at most its last batch, and the next
   * one starts after it. A record that is rejected again lies behind the end offset of this replay,
   * so that a replay always ends.
   */
  private static final Duration POLL = Duration.ofMillis(500);

  /** Most empty polls in a row before a replay fails: a minute. */
  private static final int MAX_IDLE_POLLS = 120;

  private RejectedReplay() {}

  /**
   * Replays the records of a topic that were rejected since the last replay, up to now.
   *
   * @param kafka client settings, {@code bootstrap.servers} at least
   * @param group consumer group, whose committed offsets say what is replayed already
   * @param producer writes the records back
   * @param topic the original topic, not the one for its rejected records
   * @return number of records replayed
   */
  public static long replay(
      Map<String, ?> kafka, String group, Producer<byte[], byte[]> producer, Topic topic)
      throws InterruptedException, ExecutionException {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("group.id", group);
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    config.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return replay(consumer, producer, topic);
    }
  }

  private static long replay(
      KafkaConsumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, Topic topic)
      throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.rejectedName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    long replayed = 0;
    int idle = 0;
    while (!reached(consumer, ends)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      idle = polled.isEmpty() ? idle + 1 : 0;
      if (idle > MAX_IDLE_POLLS) {
        throw new TimeoutException(
            "no record of %s arrived for a minute, expected to reach %s"
                .formatted(topic.rejectedName(), ends));
      }
      replayed += putBack(polled, ends, producer, topic);
      consumer.commitSync(positions(consumer, ends));
    }
    return replayed;
  }

  private static boolean reached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Positions, at most the ends: records behind them belong to the next replay. */
  private static Map<TopicPartition, OffsetAndMetadata> positions(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                end ->
                    new OffsetAndMetadata(
                        Math.min(consumer.position(end.getKey()), end.getValue()))));
  }

  private static long putBack(
      ConsumerRecords<byte[], byte[]> polled,
      Map<TopicPartition, Long> ends,
      Producer<byte[], byte[]> producer,
      Topic topic)
      throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> rejected : polled) {
      if (rejected.offset()
          < requireNonNull(ends.get(new TopicPartition(rejected.topic(), rejected.partition())))) {
        sent.add(producer.send(original(rejected, topic)));
      }
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledged : sent) {
      acknowledged.get();
    }
    return sent.size();
  }

  private static ProducerRecord<byte[], byte[]> original(
      ConsumerRecord<byte[], byte[]> rejected, Topic topic) {
    Headers headers = new RecordHeaders();
    for (Header header : rejected.headers()) {
      if (!RejectedRecord.isOurs(header.key())) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(topic.name(), null, rejected.key(), rejected.value(), headers);
  }
}

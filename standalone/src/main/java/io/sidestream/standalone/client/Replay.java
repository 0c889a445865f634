package io.sidestream.standalone.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts rejected records back on their topic, as they first came, each once. */
public final class Replay {
  /*
   * The group's committed offsets say what was replayed before. They are committed after the records are sent, so a
   * replay that is cut short repeats some, and loses none.
   */
  private static final String GROUP = "sidestream-replay";
  private static final String ERROR_HEADERS = "__connect.errors.";
  private static final String REASON_HEADER = "sidestream_reason";
  private static final Duration POLL = Duration.ofMillis(500);

  private final String bootstrapServers;

  public Replay(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Replays what was rejected from a topic since the last replay; returns how many records. */
  public long of(Topic topic) {
    Topic rejected = Topics.DEFAULT.rejectedOf(topic);
    Brokers.requireTopics(bootstrapServers, List.of(topic, rejected));
    try (Consumer<byte[], byte[]> consumer = consumer();
        Producer<byte[], byte[]> producer = producer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(rejected.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      long replayed = replay(consumer, producer, topic, consumer.endOffsets(partitions));
      producer.flush();
      consumer.commitSync();
      return replayed;
    }
  }

  private static long replay(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Topic topic,
      Map<TopicPartition, Long> ends) {
    long replayed = 0;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        producer.send(original(topic, record));
        replayed++;
      }
    }
    return replayed;
  }

  private static ProducerRecord<byte[], byte[]> original(
      Topic topic, ConsumerRecord<byte[], byte[]> rejected) {
    List<Header> headers = new ArrayList<>();
    for (Header header : rejected.headers()) {
      if (!header.key().startsWith(ERROR_HEADERS) && !header.key().equals(REASON_HEADER)) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(topic.name(), null, rejected.key(), rejected.value(), headers);
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.GROUP_ID_CONFIG,
            GROUP,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}

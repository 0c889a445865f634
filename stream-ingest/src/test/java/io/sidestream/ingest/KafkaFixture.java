package io.sidestream.ingest;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.broker.ProxiedPort;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.TopicCreator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with all topics, a producer to feed it, and a reader of what is committed. */
public final class KafkaFixture implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> reader;

  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private KafkaFixture(EmbeddedBroker broker) {
    this.broker = broker;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  public static KafkaFixture start(Path directory) throws Exception {
    return start(directory, List.of());
  }

  /** The same with ports for clients that come through a proxy. */
  public static KafkaFixture start(Path directory, List<ProxiedPort> proxied) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0, proxied, Map.of());
    KafkaFixture fixture = new KafkaFixture(broker);
    fixture.create(Topics.DEFAULT);
    return fixture;
  }

  /** Creates the topics of a namespace. */
  public void create(Topics topics) throws Exception {
    try (Admin admin = admin()) {
      TopicCreator.create(admin, topics);
    }
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public KafkaConnectors connectors() {
    return connectors(broker.bootstrapServers(), Duration.ofMinutes(1));
  }

  /** Of clients that come to the broker in another way. */
  public KafkaConnectors connectors(String bootstrapServers, Duration transactionTimeout) {
    return new KafkaConnectors(
        Namespace.DEFAULT, Map.of("bootstrap.servers", bootstrapServers), transactionTimeout);
  }

  /** Writes one record and waits for the broker to have it. */
  public RecordMetadata send(Topic topic, String key, byte[] value) throws Exception {
    return producer
        .send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  /** Writes one record to a partition and waits for the broker to have it. */
  public RecordMetadata send(Topic topic, int partition, String key, byte[] value)
      throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic.name(), partition, bytes, value)).get();
  }

  /** Hands one record to the producer. */
  public void sendSoon(Topic topic, String key, byte[] value) {
    sent.add(
        producer.send(
            new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value)));
  }

  /** Waits for the broker to have everything that was handed to the producer. */
  public void flush() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> each : sent) {
      each.get();
    }
    sent.clear();
  }

  /** Everything that is committed on a topic now, in order within each partition. */
  public List<ConsumerRecord<byte[], byte[]>> committed(Topic topic) {
    return committed(topic.name(), topic.partitions());
  }

  public synchronized List<ConsumerRecord<byte[], byte[]>> committed(String topic, int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    reader.assign(all);
    reader.seekToBeginning(all);
    Map<TopicPartition, Long> ends = reader.endOffsets(all);
    while (all.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
      reader.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  public static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    producer.close();
    broker.close();
  }
}

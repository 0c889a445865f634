package io.sidestream.index;

import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A service that asks over Kafka and waits for the reply with its correlation id. */
final class Caller implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Duration limit;
  private final RequestHeaders names;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param replyTopics where replies are read
   */
  Caller(String bootstrapServers, RequestHeaders names, List<String> replyTopics) {
    this(bootstrapServers, names, replyTopics, LIMIT);
  }

  /** One that waits for a reply for another time. */
  Caller(String bootstrapServers, RequestHeaders names, List<String> replyTopics, Duration limit) {
    this.limit = limit;
    this.names = names;
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : replyTopics) {
      Awaitility.await().pollInSameThread().until(() -> !consumer.partitionsFor(topic).isEmpty());
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  /** Sends it, and waits for nothing. */
  void post(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  ConsumerRecord<byte[], byte[]> ask(ProducerRecord<byte[], byte[]> request) throws Exception {
    UUID id = UUID.randomUUID();
    return ask(
        request,
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  ConsumerRecord<byte[], byte[]> ask(ProducerRecord<byte[], byte[]> request, byte[] correlation)
      throws Exception {
    request.headers().add(names.correlationId(), correlation);
    producer.send(request);
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofMillis(100))) {
        Header header = reply.headers().lastHeader(names.correlationId());
        if (header != null && Arrays.equals(header.value(), correlation)) {
          return reply;
        }
      }
    }
    throw new AssertionError("no reply within " + limit);
  }

  /** How many records a topic with one partition got. */
  long count(Topic topic) {
    return consumer
        .endOffsets(List.of(new TopicPartition(topic.name(), 0)))
        .values()
        .iterator()
        .next();
  }

  static Set<String> items(Reply reply) {
    return reply.items().stream().map(item -> item.item().value()).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}

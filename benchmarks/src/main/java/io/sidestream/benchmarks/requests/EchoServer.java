package io.sidestream.benchmarks.requests;

import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer: one thread reads requests and writes a reply of the usual size to each, with its
 * headers; it commits each second, computes nothing and waits for nothing.
 */
final class EchoServer {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int REPLY_BYTES = 1_000;

  private EchoServer() {}

  /**
   * Answers until it is killed.
   *
   * @param arguments bootstrap servers, namespace's prefix
   */
  public static void main(String[] arguments) {
    Topics topics =
        Topics.of(new Namespace(arguments[1], Namespace.DEFAULT_CATALOGUE), TopicPolicy.DEFAULT);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "group.id",
            arguments[1] + "echo",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    byte[] reply = new byte[REPLY_BYTES];
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", arguments[0], "linger.ms", 0, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      consumer.subscribe(
          List.of(topics.searchRequests().name(), topics.recommendationRequests().name()));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(POLL);
      }
      System.out.println(ServerProcess.READY + 0);
      String results = topics.searchResults().name();
      for (long committed = System.nanoTime(); ; ) {
        for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
          producer.send(
              new ProducerRecord<>(results, null, (byte[]) null, reply, request.headers()));
        }
        if (System.nanoTime() - committed > COMMIT_NANOS) {
          consumer.commitAsync();
          committed = System.nanoTime();
        }
      }
    }
  }
}

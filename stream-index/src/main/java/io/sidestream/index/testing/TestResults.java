package io.sidestream.index.testing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes tests to their topic. One that the brokers do not take is counted, and lost. */
public final class TestResults implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Counter lost;

  /**
   * @param producer closed by this
   */
  public TestResults(Producer<byte[], byte[]> producer, Topic topic, MeterRegistry registry) {
    this.producer = producer;
    this.topic = topic.name();
    this.lost = registry.counter("sidestream.generation.tests.lost");
  }

  void send(GenerationTest test) {
    producer.send(
        new ProducerRecord<>(topic, Codecs.generationTest().encode(test)),
        (sent, failure) -> {
          if (failure != null) {
            lost.increment();
          }
        });
  }

  @Override
  public void close() {
    producer.close(STOP_LIMIT);
  }
}

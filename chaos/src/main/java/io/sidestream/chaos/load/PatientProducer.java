package io.sidestream.chaos.load;

import io.sidestream.client.Connection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that waits for a broker for as long as any outage of a run may last; each record is
 * acknowledged by all replicas, and written once.
 */
public final class PatientProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PatientProducer.class);
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofMinutes(30).toMillis());
  private static final int REQUEST_MILLIS = 10_000;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;

  public PatientProducer(Connection connection) {
    producer =
        new KafkaProducer<>(
            connection.clients(
                Map.of(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    REQUEST_MILLIS,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    PATIENCE_MILLIS,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    PATIENCE_MILLIS)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends a record.
   *
   * @param acked is called when the broker has it
   */
  public void send(ProducerRecord<byte[], byte[]> record, Runnable acked) {
    producer.send(
        record,
        (sent, failure) -> {
          if (failure == null) {
            acked.run();
          } else {
            LOG.warn("a record for {} was not acknowledged", record.topic(), failure);
          }
        });
  }

  /** Waits until all are acknowledged. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}

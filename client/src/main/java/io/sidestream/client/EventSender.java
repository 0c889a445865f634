package io.sidestream.client;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends items, interactions and searches to their topics, each under the key that its topic
 * requires. A future is done when all replicas have the record. Thread-safe.
 */
public final class EventSender implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final EventRecords records;
  private final Duration timeout;

  private EventSender(Connection connection, Duration timeout) {
    this.records = new EventRecords(connection.topics());
    this.timeout = timeout;
    int millis = Math.toIntExact(timeout.toMillis());
    this.producer =
        new KafkaProducer<>(
            connection.clients(
                Map.of(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.of(
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    millis,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    millis,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    2 * millis)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * A sender that is ready.
   *
   * @param timeout how long a broker may take for a record
   * @throws UserErrorException when no broker responds, or its topics are missing
   */
  public static EventSender open(Connection connection, Duration timeout) {
    Brokers.require(connection, Acls.producer(connection.topics()));
    return new EventSender(connection, timeout);
  }

  /** Sends the current state of an item. */
  public CompletableFuture<Void> item(Item item) {
    return send(records.item(item));
  }

  /** Removes an item. */
  public CompletableFuture<Void> removal(ItemId item) {
    return send(records.removal(item));
  }

  /** Sends an interaction; those of one user stay in order. */
  public CompletableFuture<Void> interaction(Interaction interaction) {
    return send(records.interaction(interaction));
  }

  /** Sends a search. */
  public CompletableFuture<Void> search(Search search) {
    return send(records.search(search));
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      producer.send(record, (sent, failure) -> complete(done, failure));
    } catch (KafkaException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  private static void complete(CompletableFuture<Void> done, @Nullable Exception failure) {
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    producer.close(timeout);
  }
}

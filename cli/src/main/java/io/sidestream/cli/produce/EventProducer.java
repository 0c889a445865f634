package io.sidestream.cli.produce;

import io.sidestream.client.Connection;
import io.sidestream.client.EventRecords;
import io.sidestream.datasets.Dataset;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.ClusterErrors;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces items and events to their topics, each once and in order per key. */
public final class EventProducer implements AutoCloseable {
  private static final int LINGER_MILLIS = 5;
  private static final int BATCH_BYTES = 128 * 1024;
  private static final int STEP = 1_000;

  /** Is called now and then while a data set is produced. */
  @FunctionalInterface
  public interface Progress {
    Progress NONE = (done, total) -> {};

    void done(long done, long total);
  }

  private final Producer<byte[], byte[]> producer;
  private final EventRecords records;
  private final Clock clock;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  EventProducer(Producer<byte[], byte[]> producer, Topics topics, Clock clock) {
    this.producer = producer;
    this.records = new EventRecords(topics);
    this.clock = clock;
  }

  /** An idempotent producer to this cluster. */
  public static EventProducer open(Connection connection, Clock clock) {
    Map<String, Object> config =
        connection.clients(
            Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES),
            Map.of(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all"));
    return new EventProducer(
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
        connection.topics(),
        clock);
  }

  /** Produces a data set: the items, then the events by time; waits for all acknowledgements. */
  public ProducedCount produce(Dataset dataset, Progress progress) {
    long start = clock.millis();
    long total = dataset.items().size() + (long) dataset.events();
    long done = 0;
    for (Item item : dataset.items()) {
      item(item);
      done = step(done, total, progress);
    }
    for (Interaction interaction : dataset.interactions()) {
      interaction(interaction);
      done = step(done, total, progress);
    }
    for (Search search : dataset.searches()) {
      search(search);
      done = step(done, total, progress);
    }
    flush();
    return new ProducedCount(
        dataset.items().size(),
        dataset.interactions().size(),
        dataset.searches().size(),
        Duration.ofMillis(clock.millis() - start));
  }

  private static long step(long before, long total, Progress progress) {
    long done = before + 1;
    if (done % STEP == 0 || done == total) {
      progress.done(done, total);
    }
    return done;
  }

  /** Sends the current state of an item. */
  public void item(Item item) {
    send(records.item(item));
  }

  /** Sends an interaction; those of one user stay in order. */
  public void interaction(Interaction interaction) {
    send(records.interaction(interaction));
  }

  /** Sends an event of the sample. */
  public void event(SampleEvent event) {
    send(event.<ProducerRecord<byte[], byte[]>>fold(records::interaction, records::search));
  }

  /** Sends a search. */
  public void search(Search search) {
    send(records.search(search));
  }

  /**
   * Waits until all records are acknowledged.
   *
   * @throws UserErrorException when one of them failed
   */
  public void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new UserErrorException(
          failed, "not all events reached the broker: " + ClusterErrors.reason(failed));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (sent, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }
}

package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sidestream.index.store.CountStore;
import io.sidestream.index.store.StoreWrites;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.EventTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that writes counts from their topic into a {@link CountStore}. It reads all partitions,
 * from the offsets in the store, without a consumer group. A thread of its own: a burst of counts
 * does not delay new items.
 */
public final class CountsUpdater<K, V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CountsUpdater.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Kind<K, V> kind;
  private final CountStore<K, V> store;
  private final Clock clock;
  private final StoreWrites writes;
  private final Timer served;
  private final Counter skipped;
  private final ConsumerThread thread;
  private volatile boolean caughtUp;

  /**
   * What is counted.
   *
   * @param name of the thread, {@code NAME-updater}, and of the metric {@code
   *     sidestream.NAME.served}
   * @param topic name of the topic
   * @param key reads a record's key; throws IllegalArgumentException where it is none
   * @param values reads a record's value
   */
  public record Kind<K, V>(String name, String topic, Function<String, K> key, Codec<V> values) {}

  /**
   * @param consumer without a group; closed by this
   * @param onFailure called with the failure that ended the thread
   */
  public CountsUpdater(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Kind<K, V> kind,
      CountStore<K, V> store,
      MeterRegistry registry,
      Clock clock,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.kind = kind;
    this.store = store;
    this.clock = clock;
    this.served =
        Timer.builder("sidestream." + kind.name() + ".served")
            .publishPercentileHistogram()
            .register(registry);
    this.thread = ConsumerThread.reading(kind.name() + "-updater", consumer, this::run, onFailure);
    this.writes = new StoreWrites(RetryDelays.DEFAULT, registry, thread::isStopping);
    this.skipped = registry.counter("sidestream.records.skipped", "topic", kind.topic());
  }

  public void start() {
    thread.start();
  }

  /** Whether all was read that was on the topic at the start. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  private void run() {
    List<TopicPartition> all = TopicPartitions.of(consumer, kind.topic(), thread::isStopping);
    assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    while (!thread.isStopping()) {
      take(consumer.poll(IDLE_POLL));
      caughtUp = caughtUp || TopicPartitions.reached(consumer, ends);
    }
  }

  private void assign(List<TopicPartition> all) {
    consumer.assign(all);
    Map<Integer, Long> applied = store.nextOffsets();
    for (TopicPartition partition : all) {
      Optional.ofNullable(applied.get(partition.partition()))
          .ifPresentOrElse(
              next -> consumer.seek(partition, next),
              () -> consumer.seekToBeginning(List.of(partition)));
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    Map<K, Optional<V>> changes = new LinkedHashMap<>();
    Map<Integer, Long> next = new TreeMap<>();
    List<Long> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> row : records) {
      next.merge(row.partition(), row.offset() + 1, Math::max);
      try {
        check(row.key() != null, "key is missing");
        K key = kind.key().apply(new String(row.key(), StandardCharsets.UTF_8));
        changes.put(
            key,
            row.value() == null
                ? Optional.empty()
                : Optional.of(kind.values().decode(row.value())));
        EventTime.read(row.headers()).ifPresent(events::add);
      } catch (MalformedRecordException | IllegalArgumentException e) {
        skipped.increment();
        LOG.warn(
            "{}-{} offset {} is skipped: {}",
            kind.topic(),
            row.partition(),
            row.offset(),
            e.getMessage());
      }
    }
    writes.untilDone(() -> store.apply(changes, next));
    long now = clock.millis();
    events.forEach(at -> served.record(Duration.ofMillis(Math.max(0, now - at))));
  }

  /** Stops consuming. */
  @Override
  public void close() {
    thread.close();
  }
}

package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sidestream.index.store.NeighbourStore;
import io.sidestream.index.store.StoreWrites;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.pairs.ItemNeighbours;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that writes the neighbours of items from their topic into {@link NeighbourStore}. It reads
 * all partitions, from the offsets in the store, without a consumer group. A thread of its own: a
 * burst of neighbours does not delay new items.
 */
public final class NeighbourUpdater implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NeighbourUpdater.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final NeighbourStore store;
  private final Clock clock;
  private final StoreWrites writes;
  private final Timer served;
  private final Counter skipped;
  private final ConsumerThread thread;

  /**
   * @param consumer without a group; closed by this
   * @param onFailure called with the failure that ended the thread
   */
  public NeighbourUpdater(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Topic topic,
      NeighbourStore store,
      MeterRegistry registry,
      Clock clock,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic.name();
    this.store = store;
    this.clock = clock;
    this.served =
        Timer.builder("sidestream.neighbours.served")
            .publishPercentileHistogram()
            .register(registry);
    this.thread = ConsumerThread.reading("neighbour-updater", consumer, this::run, onFailure);
    this.writes = new StoreWrites(RetryDelays.DEFAULT, registry, thread::isStopping);
    this.skipped = registry.counter("sidestream.records.skipped", "topic", topic.name());
    Gauge.builder("sidestream.neighbours.items", store, NeighbourStore::size).register(registry);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    assignAll();
    while (!thread.isStopping()) {
      take(consumer.poll(IDLE_POLL));
    }
  }

  private void assignAll() {
    List<TopicPartition> all = TopicPartitions.of(consumer, topic, thread::isStopping);
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
    Map<ItemId, Optional<ItemNeighbours>> changes = new LinkedHashMap<>();
    Map<Integer, Long> next = new TreeMap<>();
    List<Long> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> row : records) {
      next.merge(row.partition(), row.offset() + 1, Math::max);
      try {
        check(row.key() != null, "key is missing");
        ItemId item = new ItemId(new String(row.key(), StandardCharsets.UTF_8));
        changes.put(
            item,
            row.value() == null
                ? Optional.empty()
                : Optional.of(Codecs.itemNeighbours().decode(row.value())));
        EventTime.read(row.headers()).ifPresent(events::add);
      } catch (MalformedRecordException | IllegalArgumentException e) {
        skipped.increment();
        LOG.warn(
            "{}-{} offset {} is skipped: {}", topic, row.partition(), row.offset(), e.getMessage());
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

package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that keeps the attributes that requests filter by, from the topic of items, in memory. It
 * reads the topic from its beginning at each start, without a consumer group, and follows it: a
 * change counts in the next request, before the item is encoded again.
 */
public final class AttributeUpdater implements ItemAttributes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttributeUpdater.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  /** Most values that items share; those beyond have a string for each item. */
  static final int MAX_SHARED = 100_000;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final WriterSchemas schemas;
  private final Set<String> filterable;
  private final Map<ItemId, Map<String, List<String>>> byItem = new ConcurrentHashMap<>();
  private final Map<String, String> shared = new HashMap<>(); // of the thread
  private final Counter skipped;
  private final RetryDelays delays;
  private final Map<TopicPartition, Wait> waiting = new HashMap<>(); // of the thread
  private final ConsumerThread thread;
  private volatile boolean caughtUp;

  /** A partition whose next record has to wait for the schema registry. */
  private record Wait(int failures, long untilNanos) {}

  /**
   * @param consumer without a group; closed by this
   * @param filterable attributes that are kept; with none, nothing is read
   * @param delays before a record is read again whose schema the registry did not give
   * @param onFailure called with the failure that ended the thread
   */
  public AttributeUpdater(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Topic topic,
      WriterSchemas schemas,
      Set<String> filterable,
      RetryDelays delays,
      MeterRegistry registry,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic.name();
    this.schemas = schemas.withoutWaiting(); // this thread has other partitions to read
    this.filterable = Set.copyOf(filterable);
    this.delays = delays;
    this.skipped = registry.counter("sidestream.records.skipped", "topic", topic.name());
    Gauge.builder("sidestream.attributes.items", byItem, Map::size).register(registry);
    this.thread = ConsumerThread.reading("attribute-updater", consumer, this::run, onFailure);
  }

  public void start() {
    if (filterable.isEmpty()) {
      caughtUp = true;
      return;
    }
    thread.start();
  }

  /** Whether all was read that was on the topic at the start. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public Optional<Map<String, List<String>>> of(ItemId item) {
    return Optional.ofNullable(byItem.get(item));
  }

  /** How many values are shared. */
  int shared() {
    return shared.size();
  }

  private void run() {
    List<TopicPartition> all = TopicPartitions.of(consumer, topic, thread::isStopping);
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    while (!thread.isStopping()) {
      resumeDue();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(IDLE_POLL);
      records.partitions().forEach(each -> take(each, records.records(each)));
      caughtUp = caughtUp || TopicPartitions.reached(consumer, ends);
    }
  }

  private void resumeDue() {
    long now = System.nanoTime();
    waiting.forEach(
        (partition, wait) -> {
          if (now - wait.untilNanos() >= 0) {
            consumer.resume(List.of(partition));
          }
        });
  }

  /** The records in their order, up to one whose schema the registry cannot be asked for. */
  private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> rows) {
    for (ConsumerRecord<byte[], byte[]> row : rows) {
      try {
        take(row);
        waiting.remove(partition);
      } catch (RegistryUnavailableException e) {
        await(partition, row.offset(), e);
        return;
      }
    }
  }

  private void await(TopicPartition partition, long offset, RegistryUnavailableException why) {
    Wait before = waiting.get(partition);
    int failures = before == null ? 1 : before.failures() + 1;
    Duration delay = delays.after(failures);
    LOG.warn("{} offset {} is read again in {}: {}", partition, offset, delay, why.getMessage());
    waiting.put(partition, new Wait(failures, System.nanoTime() + delay.toNanos()));
    consumer.seek(partition, offset);
    consumer.pause(List.of(partition));
  }

  private void take(ConsumerRecord<byte[], byte[]> row) {
    try {
      if (row.value() == null) {
        byItem.remove(KeyedRecords.removedItem(row.key()));
      } else {
        Item item = KeyedRecords.item(row.key(), row.value(), schemas);
        byItem.put(item.id(), kept(item.attributes()));
      }
    } catch (MalformedRecordException e) { // the coding job writes it to the rejected topic
      skipped.increment();
    }
  }

  private Map<String, List<String>> kept(Map<String, List<String>> attributes) {
    Map<String, List<String>> kept = new HashMap<>();
    for (String name : filterable) {
      List<String> values = attributes.get(name);
      if (values != null) {
        kept.put(name, values.stream().map(value -> shared(value)).toList());
      }
    }
    return Map.copyOf(kept);
  }

  /** One string for all items with that value, while there is room. */
  private String shared(String value) {
    String known = shared.get(value);
    if (known != null) {
      return known;
    }
    if (shared.size() < MAX_SHARED) {
      shared.put(value, value);
    }
    return value;
  }

  /** Stops consuming. */
  @Override
  public void close() {
    thread.close();
  }
}

package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.requests.HistoryRule;
import io.sidestream.model.ranking.Trends;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.UncountedEvents;
import io.sidestream.schemas.registry.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Thread that counts the interactions of a window, by item, in memory. It reads the topic from the
 * window's beginning at each start, without a consumer group, and follows it.
 */
public final class TrendUpdater implements Trends, AutoCloseable {
  /*
   * An interaction counts at its own time, but never later than its record's, which is the
   * broker's: so a load of history does not trend, and a clock that runs ahead does not either.
   * What is within the window therefore has its record within the window too, and a start that
   * reads from there has the same sums as a process that never stopped.
   */
  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  /** Shortest time between two rankings, so that a busy topic does not cost one for each poll. */
  private static final long REFRESH_MILLIS = 100;

  /** Most users whose ids of events are remembered: at most 160 MB at 100 ids each. */
  private static final int MAX_OWNERS = 100_000;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final WriterSchemas schemas;
  private final HistoryRule rule;
  private final boolean isOn;
  private final Clock clock;
  private final TrendCounts counts;
  private final UncountedEvents uncounted;
  private final Counter skipped;
  private final ConsumerThread thread;
  private volatile Map<ItemId, Double> now = Map.of();
  private volatile boolean caughtUp;

  /**
   * @param consumer without a group; closed by this
   * @param rule of what counts
   * @param window of the interactions that count; zero for none, then nothing is read
   * @param onFailure called with the failure that ended the thread
   */
  public TrendUpdater(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Topic topic,
      WriterSchemas schemas,
      HistoryRule rule,
      Duration window,
      Clock clock,
      MeterRegistry registry,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic.name();
    this.schemas = schemas.withoutWaiting();
    this.rule = rule;
    this.isOn = !window.isZero();
    this.clock = clock;
    this.counts = new TrendCounts(isOn ? window : Duration.ofMinutes(1));
    this.uncounted = new UncountedEvents(rule.keptIds(), rule.hourly(), MAX_OWNERS);
    this.skipped = registry.counter("sidestream.records.skipped", "topic", topic.name());
    Gauge.builder("sidestream.trending.items", this, each -> each.now.size()).register(registry);
    this.thread = ConsumerThread.reading("trend-updater", consumer, this::run, onFailure);
  }

  public void start() {
    if (isOn) {
      thread.start();
    } else {
      caughtUp = true;
    }
  }

  /** Whether all of the window was read that was on the topic at the start. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public Map<ItemId, Double> now() {
    return now;
  }

  private void run() {
    List<TopicPartition> all = TopicPartitions.of(consumer, topic, thread::isStopping);
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    seekToWindow(all, ends);
    boolean changed = true;
    long ranked = 0;
    while (!thread.isStopping()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(IDLE_POLL);
      records.forEach(this::take);
      changed = changed || !records.isEmpty();
      long millis = clock.millis();
      if (millis - ranked >= REFRESH_MILLIS
          && (changed || counts.bucket(millis) != counts.bucket(ranked))) {
        now = Map.copyOf(counts.scores(millis));
        ranked = millis;
        changed = false;
      }
      // each time: behind the last record there may be the mark of a transaction, read by itself
      caughtUp = caughtUp || (!changed && TopicPartitions.reached(consumer, ends));
    }
  }

  /** Where no record is within the window, from the end. */
  private void seekToWindow(List<TopicPartition> all, Map<TopicPartition, Long> ends) {
    long start = counts.startMillis(clock.millis());
    Map<TopicPartition, Long> starts = new HashMap<>();
    all.forEach(each -> starts.put(each, start));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(starts);
    for (TopicPartition each : all) {
      OffsetAndTimestamp first = found.get(each);
      consumer.seek(each, first == null ? ends.getOrDefault(each, 0L) : first.offset());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> row) {
    try {
      if (row.value() == null) { // an erasure: the window forgets its counts by itself
        uncounted.forget(KeyedRecords.erasedUser(row.key()));
        return;
      }
      Interaction event = KeyedRecords.interaction(row.key(), row.value(), schemas);
      int weight = rule.weights().of(event.kind());
      if (weight != 0 && !uncounted.isLeftOut(event)) {
        long millis = Math.min(event.at().toEpochMilli(), row.timestamp());
        counts.add(event.item(), weight, millis, clock.millis());
      }
    } catch (MalformedRecordException | RegistryUnavailableException e) {
      skipped.increment(); // the counting job rejects it, or waits for the registry
    }
  }

  /** Stops consuming. */
  @Override
  public void close() {
    thread.close();
  }
}

package io.sidestream.index.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.CodedChange;
import io.sidestream.index.store.WaitingWrite;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.EventTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that consumes announcements and coded items for {@link GenerationSwitch}. It reads all
 * partitions, from the offsets in the index on disk, without a consumer group. While the disk takes
 * no coded items it reads no more of them, and announcements go on to be followed.
 */
public final class IndexUpdater implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexUpdater.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Consumer lag in records above which the index is not caught up. */
  static final long MAX_LAG = 10_000;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final ExecutorService loading = Executors.newSingleThreadExecutor(IndexUpdater::loader);
  private final GenerationSwitch generations;
  private final MeterRegistry registry;
  private final Duration interval;
  private final WaitingWrite write; // of the thread
  private List<TopicPartition> codedItems = List.of(); // of the thread
  private final ConsumerThread thread;
  private boolean wasCaughtUp;
  private volatile boolean mayAnswer;
  private volatile boolean caughtUp;

  /**
   * @param consumer without a group; closed by this
   * @param serving set to the generation that serves
   * @param admission which items are served
   * @param interval minimum time between two catalogues
   * @param swapTimeout maximum wait before a swap for items that the next generation misses
   * @param onFailure called with the failure that ended the thread
   */
  public IndexUpdater(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Topics topics,
      GenerationLoader loader,
      AssignmentStore store,
      Serving serving,
      ItemAdmission admission,
      MeterRegistry registry,
      Duration interval,
      Duration swapTimeout,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topics = topics;
    this.generations =
        new GenerationSwitch(
            loader,
            loading,
            store,
            serving,
            admission,
            registry,
            interval,
            swapTimeout,
            RetryDelays.DEFAULT,
            Clock.systemUTC(),
            System::nanoTime);
    this.registry = registry;
    this.interval = interval;
    this.thread = ConsumerThread.reading("index-updater", consumer, this::run, onFailure);
    this.write = new WaitingWrite(RetryDelays.DEFAULT, registry, System::nanoTime);
  }

  private static Thread loader(Runnable work) {
    return new Thread(work, "generation-loader");
  }

  public void start() {
    thread.start();
  }

  /** The state here of every announced generation, by number. */
  public List<GenerationReport> reports() {
    return generations.reports();
  }

  /** Why announced generations could not be opened here, one sentence each. */
  public List<String> notOpened() {
    return List.copyOf(generations.unopened().values());
  }

  /** Whether changes are applied with little lag. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether this process may take requests; not while only others have a live generation. */
  public boolean mayAnswer() {
    return mayAnswer;
  }

  private void run() {
    try {
      readAnnouncements();
      Map<TopicPartition, Long> ends = assignAll();
      while (!thread.isStopping()) {
        writeWaiting();
        take(consumer.poll(generations.isBusy() ? interval : IDLE_POLL));
        generations.advance();
        caughtUp = caughtUp ? lag() <= MAX_LAG : hasApplied(ends);
        wasCaughtUp |= caughtUp;
        mayAnswer = wasCaughtUp && generations.mayAnswer();
      }
    } finally {
      caughtUp = false;
      mayAnswer = false;
      generations.close();
    }
  }

  /** All announcements first: changes of inactive generations are dropped. */
  private void readAnnouncements() {
    List<TopicPartition> announcements = partitions(topics.generations().name());
    consumer.assign(announcements);
    consumer.seekToBeginning(announcements);
    Map<TopicPartition, Long> ends = consumer.endOffsets(announcements);
    while (!thread.isStopping() && !TopicPartitions.reached(consumer, ends)) {
      take(consumer.poll(IDLE_POLL));
    }
  }

  private Map<TopicPartition, Long> assignAll() {
    List<TopicPartition> announcements = partitions(topics.generations().name());
    codedItems = partitions(topics.codedItems().name());
    Map<TopicPartition, Long> positions = new TreeMap<>(IndexUpdater::compare);
    announcements.forEach(partition -> positions.put(partition, consumer.position(partition)));
    List<TopicPartition> all = new ArrayList<>(announcements);
    all.addAll(codedItems);
    consumer.assign(all);
    positions.forEach(consumer::seek);
    Map<Integer, Long> applied = generations.nextOffsets();
    for (TopicPartition partition : codedItems) {
      Optional.ofNullable(applied.get(partition.partition()))
          .ifPresentOrElse(
              next -> consumer.seek(partition, next),
              () -> consumer.seekToBeginning(List.of(partition)));
    }
    return consumer.endOffsets(codedItems);
  }

  private static int compare(TopicPartition one, TopicPartition other) {
    return Integer.compare(one.partition(), other.partition());
  }

  private List<TopicPartition> partitions(String topic) {
    return TopicPartitions.of(consumer, topic, thread::isStopping);
  }

  private long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    records.records(topics.generations().name()).forEach(this::announce);
    List<CodedChange> changes = new ArrayList<>();
    Map<Integer, Long> next = new TreeMap<>();
    long appendedMillis = Long.MAX_VALUE;
    for (ConsumerRecord<byte[], byte[]> row : records.records(topics.codedItems().name())) {
      change(row).ifPresent(changes::add);
      next.merge(row.partition(), row.offset() + 1, Math::max);
      appendedMillis = Math.min(appendedMillis, row.timestamp());
    }
    if (!next.isEmpty()) {
      long appended = appendedMillis;
      write.begin(() -> generations.changed(changes, next, appended));
      if (write.isWaiting()) {
        consumer.pause(codedItems);
      }
    }
  }

  private void writeWaiting() {
    if (write.isWaiting()) {
      write.retryIfDue();
      if (!write.isWaiting()) {
        consumer.resume(codedItems);
      }
    }
  }

  private boolean hasApplied(Map<TopicPartition, Long> ends) {
    return !write.isWaiting() && TopicPartitions.reached(consumer, ends);
  }

  private void announce(ConsumerRecord<byte[], byte[]> row) {
    if (row.value() == null) {
      return; // a tombstone of compaction
    }
    try {
      generations.announced(Codecs.generationAnnouncement().decode(row.value()));
    } catch (MalformedRecordException e) {
      skip(row, ReasonText.of(e));
    }
  }

  private Optional<CodedChange> change(ConsumerRecord<byte[], byte[]> row) {
    if (row.key() == null) {
      skip(row, "key is missing");
      return Optional.empty();
    }
    try {
      CodedItemKey key = CodedItemKey.parse(new String(row.key(), StandardCharsets.UTF_8));
      Optional<CodedItem> item =
          row.value() == null
              ? Optional.empty()
              : Optional.of(Codecs.codedItem().decode(row.value()));
      return Optional.of(new CodedChange(key, item, EventTime.read(row.headers())));
    } catch (MalformedRecordException | IllegalArgumentException e) {
      skip(row, ReasonText.of(e));
      return Optional.empty();
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> row, String why) {
    registry.counter("sidestream.records.skipped", "topic", row.topic()).increment();
    LOG.warn("{}-{} offset {} is skipped: {}", row.topic(), row.partition(), row.offset(), why);
  }

  /** Stops consuming, then stops serving. */
  @Override
  public void close() {
    boolean ran = thread.hasStarted();
    thread.close();
    if (!ran) {
      generations.close();
    }
    try {
      loading.shutdown();
      if (!loading.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("a generation is still loading after {}", STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.sidestream.gateway.follow;

import io.sidestream.client.Tail;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of items, generations and interactions, in a thread of its own: the first two
 * from their beginning, the last from a little before its end. While the registry is away, a
 * partition stops at the record whose schema is missing, and goes on from it later. Any other
 * failure ends the thread: {@link #failure} has it, and {@link #brokerAnswers} is false from then
 * on.
 */
public final class Followed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Followed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BROKER_CHECK = Duration.ofSeconds(2);

  /** Time between two questions to a registry that is away. */
  private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);

  /** Interactions of each partition that are read at the start. */
  static final int NEWEST = 500;

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final WriterSchemas schemas;
  private final Titles titles;
  private final RecentUsers users = new RecentUsers();
  private final AtomicLong itemsRead = new AtomicLong();
  private final AtomicLong interactionsRead = new AtomicLong();
  private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
  private final Thread thread = new Thread(this::read, "topics");
  private Map<TopicPartition, Long> unread = Map.of();
  private long checkedNanos = System.nanoTime();
  private long pausedNanos = System.nanoTime();
  private volatile GenerationHistory generations = GenerationHistory.NONE;
  private volatile boolean caughtUp;
  private volatile boolean brokerAnswers = true;
  private volatile boolean closed;

  private Followed(Consumer<byte[], byte[]> consumer, Topics topics, int maxTitles) {
    this.consumer = consumer;
    this.topics = topics;
    this.schemas = topics.schemas().withoutWaiting();
    this.titles = new Titles(maxTitles);
  }

  /**
   * Starts to follow.
   *
   * @param consumer of committed records, without a group; is closed with this, or by a start that
   *     fails
   */
  public static Followed start(Consumer<byte[], byte[]> consumer, Topics topics, int maxTitles) {
    try {
      Followed followed = new Followed(consumer, topics, maxTitles);
      followed.assign();
      followed.thread.setDaemon(true);
      followed.thread.start();
      return followed;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void assign() {
    List<TopicPartition> whole = new ArrayList<>(partitions(topics.items()));
    whole.addAll(partitions(topics.generations()));
    List<TopicPartition> newest = partitions(topics.interactions());
    List<TopicPartition> all = new ArrayList<>(whole);
    all.addAll(newest);
    consumer.assign(all);
    consumer.seekToBeginning(whole);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
    consumer
        .beginningOffsets(newest)
        .forEach(
            (partition, first) ->
                consumer.seek(
                    partition, Math.max(first, ends.getOrDefault(partition, first) - NEWEST)));
    unread = ends;
  }

  private List<TopicPartition> partitions(Topic topic) {
    return Tail.partitions(consumer, topic);
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        resume();
        take(consumer.poll(POLL));
        catchUp();
        checkBroker();
      }
    } catch (WakeupException e) {
      // Closed while polling.
    } catch (RuntimeException e) {
      failure.complete(e);
    } finally {
      brokerAnswers = false;
    }
  }

  private void resume() {
    if (System.nanoTime() - pausedNanos >= REGISTRY_PAUSE.toNanos()) {
      consumer.resume(consumer.paused());
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        try {
          take(record);
        } catch (RegistryUnavailableException e) {
          LOG.warn("{} offset {} waits: {}", partition, record.offset(), ReasonText.of(e));
          consumer.seek(partition, record.offset());
          consumer.pause(List.of(partition));
          pausedNanos = System.nanoTime();
          break; // what follows in this partition is read after it
        }
      }
    }
  }

  private void catchUp() {
    if (caughtUp) {
      return;
    }
    try {
      unread
          .entrySet()
          .removeIf(one -> consumer.position(one.getKey(), BROKER_CHECK) >= one.getValue());
      caughtUp = unread.isEmpty();
    } catch (TimeoutException e) {
      brokerAnswers = false; // until the next check
    }
  }

  /** A consumer without a broker polls in silence. */
  private void checkBroker() {
    if (System.nanoTime() - checkedNanos < BROKER_CHECK.toNanos()) {
      return;
    }
    try {
      consumer.endOffsets(consumer.assignment(), BROKER_CHECK);
      brokerAnswers = true;
    } catch (TimeoutException e) {
      brokerAnswers = false;
    }
    checkedNanos = System.nanoTime();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(topics.items().name())) {
        item(record);
      } else if (record.topic().equals(topics.interactions().name())) {
        interaction(record);
      } else if (record.value() != null) {
        generations = GenerationLog.after(generations, record);
      }
    } catch (MalformedRecordException e) {
      LOG.debug("{} offset {}: {}", record.topic(), record.offset(), ReasonText.of(e));
    }
    count(record.topic());
  }

  private void count(String topic) {
    if (topic.equals(topics.items().name())) {
      itemsRead.incrementAndGet();
    } else if (topic.equals(topics.interactions().name())) {
      interactionsRead.incrementAndGet();
    }
  }

  private void item(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    if (record.value() == null) {
      titles.remove(KeyedRecords.removedItem(record.key()));
    } else {
      var item = KeyedRecords.item(record.key(), record.value(), schemas);
      titles.put(item.id(), item.title());
    }
  }

  private void interaction(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    if (record.value() == null) {
      users.erase(KeyedRecords.erasedUser(record.key()));
    } else {
      users.take(KeyedRecords.interaction(record.key(), record.value(), schemas));
    }
  }

  public Titles titles() {
    return titles;
  }

  public RecentUsers users() {
    return users;
  }

  /** All announcements so far. */
  public GenerationHistory generations() {
    return generations;
  }

  /** Records of items read so far. */
  public long itemsRead() {
    return itemsRead.get();
  }

  /** Interactions read so far. */
  public long interactionsRead() {
    return interactionsRead.get();
  }

  /** Whether everything was read that the topics held at the start. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether a broker answered a short while ago, and the topics are still followed. */
  public boolean brokerAnswers() {
    return brokerAnswers;
  }

  /** Completes with the failure after which the topics are not followed any more. */
  public CompletableFuture<RuntimeException> failure() {
    return failure.copy();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(BROKER_CHECK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

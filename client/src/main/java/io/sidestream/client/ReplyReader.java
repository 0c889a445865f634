package io.sidestream.client;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the replies of one client, in a thread of its own. */
final class ReplyReader implements AutoCloseable {
  /*
   * Replies arrive in one partition that this client draws at random and names in its requests. It
   * reads from the end offset of that partition before the first request, so that no reply is
   * missed and no earlier one is read. Replies to other clients in the same partition are ignored:
   * their ids are unknown.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<Topic, Integer> partitions = new HashMap<>();
  private final BiConsumer<String, byte[]> replies;
  private final java.util.function.Consumer<RuntimeException> ended;
  private final Duration closing;
  private final Thread thread = new Thread(this::read, "replies");
  private volatile boolean closed;

  private ReplyReader(
      Consumer<byte[], byte[]> consumer,
      BiConsumer<String, byte[]> replies,
      java.util.function.Consumer<RuntimeException> ended,
      Duration closing) {
    this.consumer = consumer;
    this.replies = replies;
    this.ended = ended;
    this.closing = closing;
  }

  /**
   * Starts at the ends of the topics of replies.
   *
   * @param consumer is closed with this, or by a start that fails
   * @param replies takes each reply's correlation id and value
   * @param ended takes the failure after which no reply is read any more
   * @param closing longest time to wait for the thread
   */
  static ReplyReader start(
      Consumer<byte[], byte[]> consumer,
      List<Topic> results,
      BiConsumer<String, byte[]> replies,
      java.util.function.Consumer<RuntimeException> ended,
      Duration closing) {
    try {
      ReplyReader reader = new ReplyReader(consumer, replies, ended, closing);
      reader.listen(results);
      return reader;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Addresses a request's reply to this reader. */
  void addressTo(Topic results, byte[] id, Headers headers) {
    headers.add(HEADERS.correlationId(), id);
    headers.add(HEADERS.replyTopic(), results.name().getBytes(StandardCharsets.UTF_8));
    headers.add(
        HEADERS.replyPartition(),
        RequestHeaders.partitionBytes(requireNonNull(partitions.get(results))));
  }

  private void listen(List<Topic> results) {
    for (Topic topic : results) {
      int count = consumer.partitionsFor(topic.name()).size();
      partitions.put(topic, ThreadLocalRandom.current().nextInt(count));
    }
    List<TopicPartition> own =
        results.stream()
            .map(topic -> new TopicPartition(topic.name(), requireNonNull(partitions.get(topic))))
            .toList();
    consumer.assign(own);
    consumer.seekToEnd(own);
    own.forEach(consumer::position); // resolves the end now, not at the first poll
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (WakeupException e) {
      // Closed while polling.
    } catch (RuntimeException e) {
      LOG.error("replies are not read any more: open another client", e);
      ended.accept(e);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    HEADERS
        .correlationIdOf(record.headers())
        .ifPresent(id -> replies.accept(new String(id, StandardCharsets.UTF_8), record.value()));
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(closing.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

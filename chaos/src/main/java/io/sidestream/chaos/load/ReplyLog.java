package io.sidestream.chaos.load;

import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.chaos.history.ReceivedReply;
import io.sidestream.chaos.history.ReceivedReply.Content;
import io.sidestream.client.Connection;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;

/** Takes down every reply on the result topics from now on, in a thread of its own. */
public final class ReplyLog implements AutoCloseable {
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final HistoryRecorder history;
  private final Clock clock;
  private final Thread thread = new Thread(this::read, "replies");
  private volatile boolean closed;

  private ReplyLog(Consumer<byte[], byte[]> consumer, HistoryRecorder history, Clock clock) {
    this.consumer = consumer;
    this.history = history;
    this.clock = clock;
  }

  /** Starts at the ends of the result topics. */
  public static ReplyLog start(Connection connection, HistoryRecorder history, Clock clock) {
    ReplyLog replies = new ReplyLog(connection.committedReader(), history, clock);
    Topics topics = connection.topics();
    List<TopicPartition> partitions =
        Stream.of(topics.searchResults(), topics.recommendationResults())
            .flatMap(topic -> replies.consumer.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    replies.consumer.assign(partitions);
    replies.consumer.seekToEnd(partitions);
    partitions.forEach(replies.consumer::position); // resolves the end now
    replies.thread.setDaemon(true);
    replies.thread.start();
    return replies;
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (WakeupException e) {
      // Closed while polling.
    }
  }

  /** A reply without an id is to a record that was no request of ours. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    HEADERS
        .correlationIdOf(record.headers())
        .map(id -> new String(id, StandardCharsets.UTF_8))
        .ifPresent(
            id ->
                history.received(
                    new ReceivedReply(
                        id,
                        record.timestamp(),
                        clock.millis(),
                        content(record.headers(), record.value()))));
  }

  /** What a reply says; one with IDs of another generation does not decode: it is out of range. */
  static Content content(Headers headers, byte[] value) {
    List<Generation> generations = new ArrayList<>();
    HEADERS
        .text(headers, HEADERS.generation())
        .map(number -> new Generation(Long.parseLong(number)))
        .ifPresent(generations::add);
    try {
      Reply reply = Codecs.reply().decode(value);
      reply.generation().ifPresent(generations::add);
      List<ItemId> items = reply.items().stream().map(RankedItem::item).toList();
      return new Content(reply.status().name(), reply.status().isAnswer(), generations, items);
    } catch (MalformedRecordException e) {
      boolean mixed = e.reason() == MalformedRecordException.Reason.OUT_OF_RANGE;
      return new Content(mixed ? Content.MIXED : Content.UNREADABLE, false, generations, List.of());
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.sidestream.index.answering;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.serving.Serving;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When offsets are committed, on Kafka's own in-memory clients. */
class PromptConsumerTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final TopicPartition PROMPTS = new TopicPartition(TOPICS.prompts().name(), 0);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final byte[] KEY = {1};
  private static final byte[] CORRELATION = {2, 3};

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        /** Kafka's own waits, and this fake's would acknowledge everything at once. */
        @Override
        public synchronized void flush() {}
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch begin = new CountDownLatch(1);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private PromptConsumer prompts;

  @BeforeEach
  void make() {
    consumer.updateBeginningOffsets(Map.of(PROMPTS, 0L));
    prompts =
        new PromptConsumer(
            consumer,
            producer,
            new Serving(),
            new Replies(NAMES, TOPICS, Set.of()),
            TOPICS,
            2,
            Clock.fixed(NOW, ZoneOffset.UTC),
            registry,
            begin,
            failures::add);
  }

  @AfterEach
  void close() {
    prompts.close();
  }

  @Test
  void poll_beforeAnythingIsKnownOfGenerations_doesNotJoin() throws Exception {
    prompts.start();
    Thread.sleep(50);
    assertTrue(consumer.subscription().isEmpty());
  }

  @Test
  void prompt_answered_isCommittedOnlyWhenTheReplyIsAcknowledged() throws Exception {
    given(prompt(Optional.empty()));
    await().until(() -> producer.history().size() == 1);
    assertNull(committed());
    assertTrue(producer.completeNext());
    await().until(() -> committed() != null);
    assertEquals(1, committed().offset());
    ProducerRecord<byte[], byte[]> reply = producer.history().get(0);
    assertEquals(TOPICS.searchResults().name(), reply.topic());
    assertArrayEquals(KEY, reply.key());
    assertArrayEquals(CORRELATION, reply.headers().lastHeader(NAMES.correlationId()).value());
    assertEquals(Reply.Status.NOT_READY, Codecs.reply().decode(reply.value()).status());
  }

  @Test
  void prompt_replyLost_isNotCommittedAndStopsTheProcess() throws Exception {
    given(prompt(Optional.empty()));
    await().until(() -> producer.history().size() == 1);
    assertTrue(producer.errorNext(new IllegalStateException("broker gone")));
    await().until(() -> !failures.isEmpty());
    assertTrue(consumer.closed());
    assertEquals("broker gone", failures.get(0).getCause().getMessage());
  }

  @Test
  void prompt_pastItsDeadline_isCommittedCountedAndNotAnswered() throws Exception {
    given(prompt(Optional.of(NOW.minusMillis(1))));
    await().until(() -> committed() != null);
    assertTrue(producer.history().isEmpty());
    assertEquals(1, registry.counter("sidestream.prompts.expired", "task", "search").count());
  }

  @Test
  void prompt_unreadable_isRejectedAndCommitted() throws Exception {
    given(new byte[] {9});
    await().until(() -> producer.history().size() == 1);
    assertTrue(producer.completeNext());
    await().until(() -> committed() != null);
    ProducerRecord<byte[], byte[]> rejected = producer.history().get(0);
    assertEquals("prompts.rejected", rejected.topic());
    assertArrayEquals(new byte[] {9}, rejected.value());
  }

  private void given(byte[] value) {
    ConsumerRecord<byte[], byte[]> row = new ConsumerRecord<>(PROMPTS.topic(), 0, 0, KEY, value);
    row.headers().add(NAMES.correlationId(), CORRELATION);
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PROMPTS));
          consumer.addRecord(row);
        });
    begin.countDown();
    prompts.start();
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(Set.of(PROMPTS)).get(PROMPTS);
  }

  private static byte[] prompt(Optional<Instant> deadline) {
    return Codecs.prompt().encode(new Prompt.ForSearch("q", 3, Set.of(), deadline));
  }
}

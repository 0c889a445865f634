package io.sidestream.index.answering;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.index.store.StoreFailures;
import io.sidestream.model.onnx.OnnxException;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When offsets are committed, on Kafka's own in-memory clients. */
class PromptConsumerTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final TopicPartition PROMPTS = new TopicPartition(TOPICS.prompts().name(), 0);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int POISON_K = 13;
  private static final byte[] KEY = {1};
  private static final byte[] CORRELATION = {2, 3};

  private final List<Map<TopicPartition, OffsetAndMetadata>> commits = new CopyOnWriteArrayList<>();
  private final AtomicInteger commitsThatTimeOut = new AtomicInteger();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
          commits.add(offsets);
          if (commitsThatTimeOut.getAndDecrement() > 0) {
            callback.onComplete(offsets, new TimeoutException("the brokers are away"));
          } else {
            super.commitAsync(offsets, callback);
          }
        }

        @Override
        public synchronized void commitSync(
            Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
          commits.add(offsets);
          super.commitSync(offsets, timeout);
        }
      };
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        /** Kafka's own waits, and this fake's would acknowledge everything at once. */
        @Override
        public synchronized void flush() {}
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicBoolean mayAnswer = new AtomicBoolean();
  private final Serving serving = new Serving();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private AnswersBegun begun;
  private PromptConsumer prompts;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    consumer.updateBeginningOffsets(Map.of(PROMPTS, 0L));
    BrokerTime time = new BrokerTime(CLOCK, () -> 0);
    time.appended(NOW.toEpochMilli());
    begun = AnswersBegun.open(directory.resolve("begun"));
    prompts =
        new PromptConsumer(
            consumer,
            new ReplySender(
                producer,
                producer,
                new Replies(NAMES, TOPICS, Set.of()),
                topic -> TopicProbe.Answer.UNKNOWN,
                time,
                registry),
            PromptAnswers.of(serving),
            TOPICS,
            new AnsweringLimits(2, Duration.ofSeconds(1), Duration.ofMinutes(1)),
            begun,
            System::nanoTime,
            registry,
            mayAnswer::get,
            Tracing.OFF,
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
  void poll_generationsCannotBeOpenedAnyMore_leavesTheGroup() throws Exception {
    given();
    await().until(() -> !consumer.subscription().isEmpty());
    mayAnswer.set(false);
    await().until(() -> consumer.subscription().isEmpty());
    mayAnswer.set(true);
    await().until(() -> !consumer.subscription().isEmpty());
  }

  @Tag("F2")
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

  @Tag("F8")
  @Test
  void commit_brokersAway_isTriedUntilTheyAreBack() throws Exception {
    commitsThatTimeOut.set(3);
    given(prompt(Optional.empty()));
    await().until(() -> producer.history().size() == 1);
    assertTrue(producer.completeNext());
    await().until(() -> committed() != null);
    assertEquals(1, committed().offset());
    assertEquals(1, producer.history().size());
    assertTrue(failures.isEmpty());
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
  void prompt_replyTimedOut_isSentAgain() throws Exception {
    given(prompt(Optional.empty()));
    await().until(() -> producer.history().size() == 1);
    assertTrue(producer.errorNext(new TimeoutException("the brokers are away")));
    await().until(() -> producer.history().size() == 2);
    assertTrue(producer.completeNext());
    await().until(() -> committed() != null);
    assertTrue(failures.isEmpty());
  }

  /** Its reply waits for nothing; a restart would answer it again. */
  @Test
  void prompt_behindOneThatIsOpen_isAnsweredAndNotCommitted() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    new TinyGeneration(1, "a").serve(serving, prompt -> isPoison(prompt) && hold(released));
    given(poison(), prompt(Optional.empty()), prompt(Optional.empty()));
    for (int sent = 0; sent < 2; sent++) {
      await().until(producer::completeNext);
    }
    await().until(() -> !consumer.paused().contains(PROMPTS) && producer.history().size() == 2);
    assertNull(committed());
    released.countDown();
    await().until(producer::completeNext);
    await().until(() -> committed() != null && committed().offset() == 3);
  }

  private static boolean hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return false;
  }

  /** Memory is bounded also where nothing is acknowledged. */
  @Test
  void poll_asManyOpenAsMayBe_readsNoMoreUntilSomeAreDone() throws Exception {
    byte[][] all = new byte[PromptConsumer.MAX_OPEN][];
    Arrays.fill(all, new byte[] {9});
    given(all);
    await().until(() -> consumer.paused().contains(PROMPTS));
    while (producer.completeNext()) {}
    await().until(() -> consumer.paused().isEmpty());
    await().until(() -> committed() != null && committed().offset() == all.length);
  }

  @Tag("F8")
  @Tag("L5")
  @Test
  void prompt_pastItsDeadline_isCommittedCountedAndNotAnswered() throws Exception {
    given(prompt(Optional.of(NOW.minusMillis(1))));
    await().until(() -> committed() != null);
    assertTrue(producer.history().isEmpty());
    assertEquals(
        1,
        registry
            .counter("sidestream.prompts.expired", "task", "search", "reason", "deadline")
            .count());
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

  /** Else one prompt would end this process, and every one that is started after it. */
  @Test
  void prompt_answeringFails_isRejectedToldAndCommittedAndOthersGoOn() throws Exception {
    new TinyGeneration(1, "a").serve(serving, PromptConsumerTest::isPoison);
    given(poison(), prompt(Optional.empty()));
    for (int sent = 0; sent < 3; sent++) {
      await().until(producer::completeNext);
    }
    await().until(() -> committed() != null && committed().offset() == 2);
    ProducerRecord<byte[], byte[]> rejected = sentTo("prompts.rejected").get(0);
    assertArrayEquals(poison(), rejected.value());
    assertArrayEquals(utf8("failed"), rejected.headers().lastHeader("sidestream_reason").value());
    assertEquals(
        Set.of(Reply.Status.OK, Reply.Status.INVALID),
        sentTo(TOPICS.searchResults().name()).stream()
            .map(PromptConsumerTest::status)
            .collect(Collectors.toSet()));
    assertEquals(1, registry.counter("sidestream.prompts.failed", "task", "search").count());
    assertTrue(failures.isEmpty());
  }

  @Test
  void prompt_answeringFailsAgainAndAgain_stopsTheProcess() throws Exception {
    new TinyGeneration(1, "a").serve(serving, PromptConsumerTest::isPoison);
    byte[][] all = new byte[PromptWorkers.MAX_FAILED_IN_A_ROW + 1][];
    Arrays.fill(all, poison());
    given(all);
    await().until(() -> !failures.isEmpty());
    assertEquals("answer failed", failures.get(0).getCause().getMessage());
    assertTrue(consumer.closed());
  }

  /** Else eight prompts would be rejected that the next start, on the CPU, can answer. */
  @Tag("F13")
  @Test
  void prompt_gpuFails_stopsTheProcessAndIsLeftToTheNextStart() throws Exception {
    String lost = "CUDA failure 700: an illegal memory access was encountered ; GPU=0";
    new TinyGeneration(1, "a")
        .serve(
            serving,
            prompt -> {
              throw new OnnxException("generator failed on 1 prompts", new OrtException(lost));
            });
    given(prompt(Optional.empty()));
    await().until(() -> !failures.isEmpty());
    String why = failures.get(0).getCause().getMessage();
    assertTrue(why.endsWith(lost), why);
    assertTrue(consumer.closed());
    assertEquals(List.of(), producer.history());
  }

  /** Else prompts would be rejected until the process is replaced, and the store repaired. */
  @Tag("F19")
  @Test
  void prompt_storeIsBroken_stopsTheProcessAndIsLeftToTheNextStart() throws Exception {
    new TinyGeneration(1, "a")
        .serve(
            serving,
            prompt -> {
              throw StoreFailures.changedBytes();
            });
    given(prompt(Optional.empty()));
    await().until(() -> !failures.isEmpty());
    assertTrue(consumer.closed());
    assertEquals(List.of(), producer.history());
    assertEquals(List.of(), commits, "the next start reads it again");
  }

  private List<ProducerRecord<byte[], byte[]>> sentTo(String topic) {
    return producer.history().stream().filter(sent -> sent.topic().equals(topic)).toList();
  }

  private static Reply.Status status(ProducerRecord<byte[], byte[]> reply) {
    assertArrayEquals(CORRELATION, reply.headers().lastHeader(NAMES.correlationId()).value());
    return Reply.Status.valueOf(
        new String(reply.headers().lastHeader(NAMES.status()).value(), StandardCharsets.UTF_8));
  }

  private static boolean isPoison(Prompt prompt) {
    return prompt.k() == POISON_K;
  }

  private static byte[] poison() {
    return Codecs.prompt().encode(new Prompt.ForSearch("q", POISON_K, Set.of(), Optional.empty()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void given(byte[]... values) {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PROMPTS));
          for (int offset = 0; offset < values.length; offset++) {
            consumer.addRecord(row(offset, values[offset], NOW));
          }
        });
    mayAnswer.set(true);
    prompts.start();
  }

  private static ConsumerRecord<byte[], byte[]> row(long offset, byte[] value, Instant requested) {
    ConsumerRecord<byte[], byte[]> row =
        new ConsumerRecord<>(PROMPTS.topic(), 0, offset, KEY, value);
    row.headers().add(NAMES.correlationId(), CORRELATION);
    row.headers().add(EventTime.HEADER, EventTime.value(requested.toEpochMilli()));
    return row;
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(Set.of(PROMPTS)).get(PROMPTS);
  }

  private static byte[] prompt(Optional<Instant> deadline) {
    return Codecs.prompt().encode(new Prompt.ForSearch("q", 3, Set.of(), deadline));
  }
}

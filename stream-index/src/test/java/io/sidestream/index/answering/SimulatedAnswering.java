package io.sidestream.index.answering;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.index.serving.Serving;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PromptConsumer} without its threads: what they do is done step by step. It ends when it
 * is forgotten, as a killed process does.
 */
public final class SimulatedAnswering {
  /** Where the prompts are. */
  public static final TopicPartition PROMPTS =
      new TopicPartition(Topics.DEFAULT.prompts().name(), 0);

  private static final AnsweringLimits LIMITS =
      new AnsweringLimits(1, Duration.ofMillis(3), Duration.ofMinutes(1));

  /** A reply that was sent, and when by the clock that does not jump. */
  public record Sent(ProducerRecord<byte[], byte[]> reply, long atMillis) {}

  private final List<ConsumerRecord<byte[], byte[]>> log;
  private final BooleanSupplier mayAnswer;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer;
  private final MockProducer<byte[], byte[]> producer;
  private final PromptConsumer prompts;
  private boolean joining;
  private long committed;
  private int acked;

  /**
   * Starts where the one before it ended.
   *
   * @param log all prompts, by offset; it grows
   * @param committed offset that the group has
   * @param begun what was being answered when the one before it ended
   * @param clock of this machine
   * @param trueMillis the time
   */
  public SimulatedAnswering(
      List<ConsumerRecord<byte[], byte[]>> log,
      long committed,
      Serving serving,
      BooleanSupplier mayAnswer,
      AnswersBegun begun,
      Clock clock,
      LongSupplier nanoTime,
      LongSupplier trueMillis) {
    this.log = log;
    this.committed = committed;
    this.mayAnswer = mayAnswer;
    this.consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void commitAsync(
              Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            moved(offsets.get(PROMPTS).offset());
            super.commitAsync(offsets, callback);
          }
        };
    consumer.updatePartitions(
        PROMPTS.topic(), List.of(new PartitionInfo(PROMPTS.topic(), 0, null, null, null)));
    this.producer =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> reply, Callback callback) {
            sent.add(new Sent(reply, trueMillis.getAsLong()));
            return super.send(
                reply,
                (appended, why) ->
                    callback.onCompletion(
                        why == null ? at(appended, trueMillis.getAsLong()) : appended, why));
          }
        };
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    this.prompts =
        new PromptConsumer(
            consumer,
            new ReplySender(
                producer,
                producer,
                new Replies(RequestHeaders.DEFAULT, Topics.DEFAULT, Set.of()),
                topic -> TopicProbe.Answer.UNKNOWN,
                new BrokerTime(clock, nanoTime),
                registry),
            PromptAnswers.of(serving),
            Topics.DEFAULT,
            LIMITS,
            begun,
            nanoTime,
            registry,
            mayAnswer,
            Tracing.OFF,
            failures::add);
  }

  /** Of a topic that gives records the time of its broker. */
  private static RecordMetadata at(RecordMetadata appended, long millis) {
    return new RecordMetadata(
        new TopicPartition(appended.topic(), appended.partition()),
        appended.offset(),
        0,
        millis,
        appended.serializedKeySize(),
        appended.serializedValueSize());
  }

  private void moved(long offset) {
    committed = Math.max(committed, offset);
  }

  /** Asked before a request becomes a prompt: see {@link PromptConsumer#refusal}. */
  public Optional<Reply> refusal(
      Task task, byte @Nullable [] key, Instant requested, Optional<Instant> deadline) {
    return prompts.refusal(task, key, requested, deadline);
  }

  /** The offset that the group has. */
  public long committed() {
    return committed;
  }

  /** A prompt was written. */
  public void written(ConsumerRecord<byte[], byte[]> prompt) {
    if (consumer.assignment().contains(PROMPTS)) {
      consumer.addRecord(prompt);
    }
  }

  /**
   * One round of the consumer's loop. It leaves the group when all that it sent is acknowledged.
   */
  public void poll() {
    if (!mayAnswer.getAsBoolean()) {
      while (ack()) {}
    }
    if (consumer.assignment().isEmpty() && !joining) {
      joining = true;
      consumer.schedulePollTask(this::join);
    }
    prompts.step();
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0));
    }
  }

  private void join() {
    joining = false;
    consumer.updateBeginningOffsets(Map.of(PROMPTS, committed));
    consumer.rebalance(List.of(PROMPTS));
    log.stream().filter(prompt -> prompt.offset() >= committed).forEach(consumer::addRecord);
  }

  /** A worker answers one prompt; false when none waits. */
  public boolean answer() throws InterruptedException {
    return prompts.answerWaiting();
  }

  /** A broker acknowledges the oldest reply; false when all are. */
  public boolean ack() {
    boolean was = producer.completeNext();
    acked += was ? 1 : 0;
    return was;
  }

  /** The replies that brokers have when this ends now: those without an acknowledgement may be. */
  public List<Sent> delivered(Random random) {
    List<Sent> delivered = new ArrayList<>(sent.subList(0, acked));
    sent.subList(acked, sent.size()).stream()
        .filter(unsure -> random.nextBoolean())
        .forEach(delivered::add);
    return delivered;
  }
}

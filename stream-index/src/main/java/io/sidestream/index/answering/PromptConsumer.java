package io.sidestream.index.answering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.answering.OpenPrompts.OpenPrompt;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.serving.ConsumerThread;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer loop for prompts: takes them as they come, refuses what cannot be answered in time, and
 * leaves the others to workers. Offsets are committed behind the oldest prompt that is open. At
 * least once: after a crash a prompt may be answered again, with the same correlation id.
 */
public final class PromptConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PromptConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long a rebalance waits for prompts that were taken; the next member takes the others. */
  static final Duration REVOKE_LIMIT = Duration.ofSeconds(2);

  /** How long a stop waits likewise. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
  private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();

  /** Prompts that are open at once, replies that are not acknowledged among them. */
  static final int MAX_OPEN = 2_000;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Admission admission;
  private final EarlyRefusals refusals;
  private final PromptReplies replies;
  private final PromptQueue<WaitingPrompt> queue;
  private final PromptWorkers workers;
  private final OpenPrompts open = new OpenPrompts();
  private final LongSupplier nanoTime;
  private final BooleanSupplier mayAnswer;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Rebalances rebalances = new Rebalances();
  private final ConsumerThread thread;
  private boolean committing; // of the thread, as what follows
  private boolean paused;
  private long lastCommit;

  /**
   * @param consumer in a group; subscribed and closed by this
   * @param sender of replies; closed by its owner, after this
   * @param begun notes what is being answered, for the next start
   * @param nanoTime clock of intervals, which does not jump
   * @param mayAnswer while false this is no member of the group, so that other processes answer
   * @param tracing gets a span of each answer
   * @param onFailure called with the failure that ended the thread
   */
  public PromptConsumer(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      ReplySender sender,
      PromptAnswers answers,
      Topics topics,
      AnsweringLimits limits,
      AnswersBegun begun,
      LongSupplier nanoTime,
      MeterRegistry registry,
      BooleanSupplier mayAnswer,
      Tracing tracing,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topics = topics;
    this.nanoTime = nanoTime;
    this.lastCommit = nanoTime.getAsLong();
    this.mayAnswer = mayAnswer;
    this.queue = new PromptQueue<>(limits.workers());
    AnsweringMeters meters = new AnsweringMeters(registry);
    meters.watch(queue);
    this.admission = new Admission(sender.brokerTime(), limits.maxWait(), limits.maxAge());
    this.refusals = new EarlyRefusals(admission, queue, meters);
    this.replies = new PromptReplies(sender, meters, this::failed);
    this.workers =
        new PromptWorkers(
            limits.workers(),
            queue,
            answers,
            admission,
            replies,
            begun,
            nanoTime,
            tracing,
            this::failed);
    this.thread = new ConsumerThread("prompt-consumer", consumer, this::run, onFailure);
  }

  public void start() {
    workers.start();
    thread.start();
  }

  /**
   * The reply to a request whose prompt would come here and be refused; empty where it may be
   * answered, or another process may get it. Counted as sent. Thread-safe.
   *
   * @param key of the request, and of its prompt
   * @param requested when it was written, by a broker's clock
   */
  public Optional<Reply> refusal(
      Task task, byte @Nullable [] key, Instant requested, Optional<Instant> deadline) {
    return refusals.refusal(task, key, requested, deadline);
  }

  private void failed(Throwable why) {
    failure.compareAndSet(null, why);
  }

  private void run() {
    try {
      while (!thread.isStopping()) {
        if (!step()) {
          Thread.sleep(POLL.toMillis());
        }
      }
      handOver(open.partitions(), CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
    }
  }

  /** One round of the loop; false while this is no member of the group. */
  boolean step() {
    requireNoFailure();
    if (mayAnswer.getAsBoolean()) {
      poll();
      return true;
    }
    leave();
    return false;
  }

  /** What a worker does, on the caller's thread; false when no prompt waits. */
  boolean answerWaiting() throws InterruptedException {
    return !queue.isEmpty() && workers.answerNext();
  }

  private void requireNoFailure() {
    Throwable why = failure.get();
    if (why != null) {
      throw why instanceof IllegalStateException lost && lost.getCause() != null
          ? lost
          : new IllegalStateException("a prompt was not answered", why);
    }
  }

  private void poll() {
    if (consumer.subscription().isEmpty()) {
      consumer.subscribe(List.of(topics.prompts().name()), rebalances);
    }
    holdBack();
    consumer.poll(POLL).forEach(this::take);
    commit();
  }

  /** No more than a number are open: while brokers take no replies, none is read either. */
  private void holdBack() {
    boolean pause = open.size() >= (paused ? MAX_OPEN / 2 : MAX_OPEN);
    if (pause) {
      consumer.pause(consumer.assignment());
    } else if (paused) {
      consumer.resume(consumer.assignment());
    }
    paused = pause;
  }

  private void take(ConsumerRecord<byte[], byte[]> row) {
    OpenPrompt taken = open.take(row);
    WaitingPrompt prompt;
    try {
      prompt = WaitingPrompt.of(taken, decode(row), nanoTime.getAsLong());
    } catch (MalformedRecordException e) {
      replies.reject(taken, e);
      return;
    }
    refusals.arrived(prompt.requested());
    Admission.Verdict verdict =
        admission.onArrival(prompt.prompt(), prompt.requested(), queue.expected(prompt.task()));
    switch (verdict) {
      case ANSWER -> queue.add(prompt.task(), prompt);
      case REFUSE -> replies.refuse(prompt);
      case PAST_DEADLINE, TOO_OLD -> replies.drop(prompt, verdict);
    }
  }

  private static Prompt decode(ConsumerRecord<byte[], byte[]> row) throws MalformedRecordException {
    if (row.value() == null) {
      throw new MalformedRecordException(
          MalformedRecordException.Reason.UNEXPECTED_TOMBSTONE,
          "prompt has no value, and its topic is not compacted",
          null);
    }
    return Codecs.prompt().decode(row.value());
  }

  private void commit() {
    if (committing || nanoTime.getAsLong() - lastCommit < COMMIT_NANOS) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = open.uncommitted();
    if (!offsets.isEmpty()) {
      committing = true;
      lastCommit = nanoTime.getAsLong();
      consumer.commitAsync(offsets, this::committed);
    }
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception why) {
    committing = false;
    if (why == null) {
      open.committed(offsets);
    } else if (isOfRebalance(why)) {
      LOG.warn("prompts were reassigned before their commit: {}", why.getMessage());
    } else if (why instanceof RetriableException) {
      LOG.warn("answered prompts cannot be committed, tried again: {}", why.getMessage());
    } else {
      failed(why);
    }
  }

  private static boolean isOfRebalance(Exception why) {
    return why instanceof CommitFailedException || why instanceof RebalanceInProgressException;
  }

  /** Prompts that no worker has begun go to another member, as their offsets stay. */
  private void leave() {
    if (!consumer.subscription().isEmpty()) {
      LOG.warn("a live generation cannot be opened here: prompts are left to other processes");
      queue.removeIf(
          prompt -> {
            prompt.open().leave();
            return true;
          });
      handOver(open.partitions(), REVOKE_LIMIT);
      consumer.unsubscribe();
    }
  }

  /** Waits for what was taken, not for long, and commits what is done. */
  private void handOver(Collection<TopicPartition> partitions, Duration limit) {
    try {
      open.awaitDone(partitions, failure.get() == null ? limit.toNanos() : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.removeIf(prompt -> prompt.open().isOf(partitions));
    Map<TopicPartition, OffsetAndMetadata> offsets = open.uncommitted();
    offsets.keySet().retainAll(partitions);
    try {
      if (!offsets.isEmpty()) {
        consumer.commitSync(offsets, COMMIT_LIMIT);
      }
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      LOG.warn("prompts are handed over before their commit: {}", e.getMessage());
    }
    open.forget(partitions);
  }

  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      refusals.assigned(partitions, consumer.partitionsFor(topics.prompts().name()).size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      refusals.revoked(partitions);
      handOver(partitions, REVOKE_LIMIT);
    }

    /** Another member has them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      refusals.revoked(partitions);
      queue.removeIf(prompt -> prompt.open().isOf(partitions));
      open.forget(partitions);
    }
  }

  /** Stops polling; answers and commits what was taken. */
  @Override
  public void close() {
    thread.close();
    queue.close();
  }
}

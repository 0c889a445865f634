package io.sidestream.index.answering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.Delivery;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.serving.Serving;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RejectedRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer loop for prompts: workers answer a batch in parallel, and its offsets are committed once
 * every reply is acknowledged. At least once: after a crash a prompt may be answered again, with
 * the same correlation id.
 *
 * <p>A prompt that fails twice is rejected with a reply: stopping instead would fail every instance
 * that the prompt is reassigned to. Many failures in a row are not the prompts' fault and stop the
 * process.
 */
public final class PromptConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PromptConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Maximum number of prompts that fail in a row; one more stops the process. */
  static final int MAX_FAILED_IN_A_ROW = 8;

  private static final Reply FAILED =
      new Reply(
          Reply.Status.INVALID,
          "the request failed twice and is rejected",
          Optional.empty(),
          List.of());

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final ReplySender sender;
  private final PromptAnswers answers;
  private final Topics topics;
  private final Clock clock;
  private final AnsweringMeters meters;
  private final BooleanSupplier mayAnswer;
  private final Tracing tracing;
  private final ExecutorService workers;
  private final AtomicInteger failedInARow = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "prompt-consumer");
  private boolean uncommitted; // of the thread
  private volatile boolean stopping;

  /**
   * @param consumer in a group; subscribed and closed by the thread
   * @param sender of replies; closed by its owner, after this
   * @param mayAnswer while false this is no member of the group, so that other processes answer
   * @param tracing gets a span of each answer
   * @param onFailure called with the failure that ended the thread
   */
  public PromptConsumer(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      ReplySender sender,
      Serving serving,
      Topics topics,
      int workers,
      Clock clock,
      MeterRegistry registry,
      BooleanSupplier mayAnswer,
      Tracing tracing,
      Consumer<Throwable> onFailure) {
    this.tracing = tracing;
    this.consumer = consumer;
    this.sender = sender;
    this.answers = new PromptAnswers(serving, clock);
    this.topics = topics;
    this.clock = clock;
    this.meters = new AnsweringMeters(registry);
    this.mayAnswer = mayAnswer;
    thread.setUncaughtExceptionHandler((failed, why) -> onFailure.accept(why));
    this.workers = Executors.newFixedThreadPool(workers);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!stopping) {
        if (mayAnswer.getAsBoolean()) {
          poll();
        } else {
          leave();
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() throws InterruptedException {
    if (consumer.subscription().isEmpty()) {
      consumer.subscribe(List.of(topics.prompts().name()));
    }
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
    if (!batch.isEmpty() && mayAnswer.getAsBoolean()) {
      answer(batch);
      uncommitted = true;
    }
    if (uncommitted) {
      commit();
    }
  }

  /** Prompts that were polled and not answered go to another member, as their offsets stay. */
  private void leave() {
    if (!consumer.subscription().isEmpty()) {
      LOG.warn("a live generation cannot be opened here: prompts are left to other processes");
      consumer.unsubscribe();
    }
  }

  /** Returns when every reply is acknowledged. */
  private void answer(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    List<Callable<List<Delivery>>> work = new ArrayList<>();
    batch.forEach(row -> work.add(() -> answer(row)));
    try {
      List<Delivery> sent = new ArrayList<>();
      for (Future<List<Delivery>> done : workers.invokeAll(work)) {
        sent.addAll(done.get());
      }
      for (Delivery delivery : sent) {
        delivery.await();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a prompt was not answered", e.getCause());
    }
  }

  private List<Delivery> answer(ConsumerRecord<byte[], byte[]> row) {
    try (OpenSpan span = tracing.begin("answer", row.headers())) {
      return answer(row, span);
    }
  }

  private List<Delivery> answer(ConsumerRecord<byte[], byte[]> row, OpenSpan span) {
    long start = System.nanoTime();
    Prompt prompt;
    try {
      prompt = decode(row);
    } catch (MalformedRecordException e) {
      meters.unreadable();
      return List.of(reject(row, e)); // not written by this system: there is no one to reply to
    }
    Task task = Retriever.task(prompt);
    span.attribute("sidestream.task", task.label());
    Optional<Reply> reply;
    try {
      reply = answerOrRetry(prompt);
    } catch (RuntimeException e) {
      span.failed("answering failed twice");
      return giveUp(row, task, e);
    }
    span.attribute("sidestream.status", reply.map(it -> it.status().name()).orElse("EXPIRED"));
    if (reply.isEmpty()) {
      meters.expired(task);
      return List.of();
    }
    Duration answering = Duration.ofNanos(System.nanoTime() - start);
    return List.of(send(row, task, reply.get(), answering));
  }

  private Optional<Reply> answerOrRetry(Prompt prompt) {
    Optional<Reply> reply;
    try {
      reply = answers.answer(prompt);
    } catch (RuntimeException e) {
      LOG.warn("answering failed, retrying once", e);
      reply = answers.answer(prompt);
    }
    failedInARow.set(0);
    return reply;
  }

  /** Rejects a readable prompt, with a reply. */
  private List<Delivery> giveUp(
      ConsumerRecord<byte[], byte[]> row, Task task, RuntimeException why) {
    if (failedInARow.incrementAndGet() > MAX_FAILED_IN_A_ROW) {
      throw why;
    }
    LOG.error(
        "{}-{} offset {} is rejected: answering failed twice",
        row.topic(),
        row.partition(),
        row.offset(),
        why);
    meters.failed(task);
    return List.of(reject(row, why), send(row, task, FAILED, Duration.ZERO));
  }

  private Delivery send(
      ConsumerRecord<byte[], byte[]> row, Task task, Reply reply, Duration answering) {
    Duration sincePrompt = Duration.ofMillis(Math.max(0, clock.millis() - row.timestamp()));
    meters.replied(task, reply.status(), answering, sincePrompt);
    return sender.send(row.key(), sender.address(task, row.headers(), reply));
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

  private Delivery reject(ConsumerRecord<byte[], byte[]> row, Exception why) {
    return sender.send(RejectedRecord.of(row, "ANSWER", PromptConsumer.class.getName(), why));
  }

  private void commit() {
    try {
      consumer.commitSync();
      uncommitted = false;
    } catch (CommitFailedException | RebalanceInProgressException e) {
      uncommitted = false;
      LOG.warn("prompts were reassigned before their commit: {}", e.getMessage());
    } catch (TimeoutException e) {
      LOG.warn("answered prompts cannot be committed, tried again: {}", e.getMessage());
    }
  }

  /** Stops polling; answers and commits the batch in flight. */
  @Override
  public void close() {
    stopping = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
    }
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdown();
  }
}

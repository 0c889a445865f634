package io.sidestream.index.answering;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.answering.PromptQueue.Taken;
import io.sidestream.index.serving.FatalFailure;
import io.sidestream.schemas.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that answer what waits, one prompt at a time each, until the queue is closed.
 *
 * <p>A prompt that fails twice is rejected with a reply: stopping instead would fail every instance
 * that the prompt is reassigned to. Many failures in a row are not the prompts' fault.
 *
 * <p>A prompt that was being answered when a process ended is answered alone, so that what ends it
 * again is known; then it is rejected.
 */
final class PromptWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(PromptWorkers.class);

  /** Maximum number of prompts that fail in a row; one more is a failure of the process. */
  static final int MAX_FAILED_IN_A_ROW = 8;

  /** How often a process may end while it answers a prompt; then the prompt is rejected. */
  static final int MAX_ENDINGS = 2;

  private final PromptQueue<WaitingPrompt> queue;
  private final PromptAnswers answers;
  private final Admission admission;
  private final PromptReplies replies;
  private final AnswersBegun begun;
  private final LongSupplier nanoTime;
  private final Tracing tracing;
  private final AtomicInteger failedInARow = new AtomicInteger();
  private final ReadWriteLock together = new ReentrantReadWriteLock();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param begun notes what is being answered
   * @param nanoTime clock of answers, which does not jump
   * @param onFailure called with what ended a thread; its prompt stays open
   */
  PromptWorkers(
      int workers,
      PromptQueue<WaitingPrompt> queue,
      PromptAnswers answers,
      Admission admission,
      PromptReplies replies,
      AnswersBegun begun,
      LongSupplier nanoTime,
      Tracing tracing,
      Consumer<Throwable> onFailure) {
    this.queue = queue;
    this.answers = answers;
    this.admission = admission;
    this.replies = replies;
    this.begun = begun;
    this.nanoTime = nanoTime;
    this.tracing = tracing;
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(this::run, "prompt-worker-" + i);
      thread.setUncaughtExceptionHandler((failed, why) -> onFailure.accept(why));
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void run() {
    try {
      boolean open = true;
      while (open) {
        open = answerNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers one prompt, which is waited for; false when the queue is closed. */
  boolean answerNext() throws InterruptedException {
    Optional<Taken<WaitingPrompt>> next = queue.take();
    next.ifPresent(this::answer);
    return next.isPresent();
  }

  private void answer(Taken<WaitingPrompt> taken) {
    WaitingPrompt prompt = taken.prompt();
    try (OpenSpan span = tracing.begin("answer", prompt.open().row.headers())) {
      span.attribute("sidestream.task", prompt.task().label());
      Duration waited = Duration.ofNanos(nanoTime.getAsLong() - prompt.sinceNanos());
      Duration answering =
          queue.isEmpty() ? Duration.ZERO : Duration.ofNanos((long) taken.charged());
      Admission.Verdict verdict =
          admission.onStart(prompt.prompt(), prompt.requested(), waited, answering);
      switch (verdict) {
        case ANSWER -> begin(taken, span);
        case REFUSE -> {
          queue.notAnswered(taken, 0);
          span.attribute("sidestream.status", Reply.Status.OVERLOADED.name());
          replies.refuse(prompt);
        }
        case PAST_DEADLINE, TOO_OLD -> {
          queue.notAnswered(taken, 0);
          span.attribute("sidestream.status", "EXPIRED");
          replies.drop(prompt, verdict);
        }
      }
    }
  }

  private void begin(Taken<WaitingPrompt> taken, OpenSpan span) {
    ConsumerRecord<byte[], byte[]> row = taken.prompt().open().row;
    int endings = begun.endings(row);
    if (endings >= MAX_ENDINGS) {
      span.failed("processes ended while they answered");
      queue.notAnswered(taken, 0);
      replies.rejectEnding(taken.prompt(), endings);
      return;
    }
    Lock lock = endings == 0 ? together.readLock() : together.writeLock();
    lock.lock();
    try {
      int note = begun.begin(row);
      answer(taken, span);
      begun.answered(note, row); // not where an error ends the process
    } finally {
      lock.unlock();
    }
  }

  private void answer(Taken<WaitingPrompt> taken, OpenSpan span) {
    WaitingPrompt prompt = taken.prompt();
    long start = nanoTime.getAsLong();
    Reply reply;
    try {
      reply = answerOrRetry(prompt);
    } catch (RuntimeException e) {
      span.failed("answering failed");
      if (FatalFailure.caused(e) || failedInARow.incrementAndGet() > MAX_FAILED_IN_A_ROW) {
        throw e;
      }
      queue.notAnswered(taken, nanoTime.getAsLong() - start);
      replies.giveUp(prompt, e);
      return;
    }
    long nanos = nanoTime.getAsLong() - start;
    queue.answered(taken, nanos);
    span.attribute("sidestream.status", reply.status().name());
    replies.answer(prompt, reply, Duration.ofNanos(nanos));
  }

  private Reply answerOrRetry(WaitingPrompt prompt) {
    Reply reply;
    try {
      reply = answers.answer(prompt.prompt(), prompt.open().row.headers());
    } catch (RuntimeException e) {
      if (FatalFailure.caused(e)) {
        throw e; // ends the process; its next start answers the prompt
      }
      LOG.warn("answering failed, retrying once", e);
      reply = answers.answer(prompt.prompt(), prompt.open().row.headers());
    }
    failedInARow.set(0);
    return reply;
  }
}

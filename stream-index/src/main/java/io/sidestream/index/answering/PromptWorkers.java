package io.sidestream.index.answering;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.answering.PromptQueue.Taken;
import io.sidestream.schemas.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that answer what waits, one prompt at a time each, until the queue is closed.
 *
 * <p>A prompt that fails twice is rejected with a reply: stopping instead would fail every instance
 * that the prompt is reassigned to. Many failures in a row are not the prompts' fault.
 */
final class PromptWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(PromptWorkers.class);

  /** Maximum number of prompts that fail in a row; one more is a failure of the process. */
  static final int MAX_FAILED_IN_A_ROW = 8;

  private final PromptQueue<WaitingPrompt> queue;
  private final PromptAnswers answers;
  private final Admission admission;
  private final PromptReplies replies;
  private final Tracing tracing;
  private final AtomicInteger failedInARow = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param onFailure called with what ended a thread; its prompt stays open
   */
  PromptWorkers(
      int workers,
      PromptQueue<WaitingPrompt> queue,
      PromptAnswers answers,
      Admission admission,
      PromptReplies replies,
      Tracing tracing,
      Consumer<Throwable> onFailure) {
    this.queue = queue;
    this.answers = answers;
    this.admission = admission;
    this.replies = replies;
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
      for (Optional<Taken<WaitingPrompt>> next = queue.take();
          next.isPresent();
          next = queue.take()) {
        answer(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Taken<WaitingPrompt> taken) {
    WaitingPrompt prompt = taken.prompt();
    try (OpenSpan span = tracing.begin("answer", prompt.open().row.headers())) {
      span.attribute("sidestream.task", prompt.task().label());
      Admission.Verdict verdict = admission.onStart(prompt.prompt(), prompt.requested());
      switch (verdict) {
        case ANSWER -> answer(taken, span);
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

  private void answer(Taken<WaitingPrompt> taken, OpenSpan span) {
    WaitingPrompt prompt = taken.prompt();
    long start = System.nanoTime();
    Reply reply;
    try {
      reply = answerOrRetry(prompt);
    } catch (RuntimeException e) {
      span.failed("answering failed twice");
      if (failedInARow.incrementAndGet() > MAX_FAILED_IN_A_ROW) {
        throw e;
      }
      queue.notAnswered(taken, System.nanoTime() - start);
      replies.giveUp(prompt, e);
      return;
    }
    long nanos = System.nanoTime() - start;
    queue.answered(taken, nanos);
    span.attribute("sidestream.status", reply.status().name());
    replies.answer(prompt, reply, Duration.ofNanos(nanos));
  }

  private Reply answerOrRetry(WaitingPrompt prompt) {
    Reply reply;
    try {
      reply = answers.answer(prompt.prompt(), prompt.open().row.headers());
    } catch (RuntimeException e) {
      LOG.warn("answering failed, retrying once", e);
      reply = answers.answer(prompt.prompt(), prompt.open().row.headers());
    }
    failedInARow.set(0);
    return reply;
  }
}

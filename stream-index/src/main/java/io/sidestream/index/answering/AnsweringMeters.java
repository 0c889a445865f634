package io.sidestream.index.answering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Reply;
import java.time.Duration;

/** Metrics of replies. */
final class AnsweringMeters {
  private final MeterRegistry registry;
  private final Counter unreadable;

  AnsweringMeters(MeterRegistry registry) {
    this.registry = registry;
    this.unreadable = registry.counter("sidestream.prompts.rejected");
    for (Task task : Task.values()) { // from zero, so that the first one is an increase
      replies(task, Reply.Status.OVERLOADED);
      expired(task, "deadline");
      expired(task, "age");
      registry.counter("sidestream.prompts.failed", "task", task.label());
    }
  }

  /** Shows how many prompts wait for a worker. */
  void watch(PromptQueue<?> queue) {
    for (Task task : Task.values()) {
      Gauge.builder("sidestream.prompts.waiting", queue, all -> all.waiting(task))
          .tag("task", task.label())
          .strongReference(true)
          .register(registry);
    }
  }

  void replied(Task task, Reply.Status status, Duration answering, Duration sincePrompt) {
    replies(task, status).increment();
    if (!answering.isZero()) {
      timer("sidestream.answer.duration", task, status).record(answering);
    }
    timer("sidestream.reply.latency", task, status).record(sincePrompt);
  }

  /** A reply while two generations are compared. */
  void compared(Task task, Arm arm, Reply.Status status, Duration answering) {
    registry
        .counter(
            "sidestream.arm.replies",
            "task",
            task.label(),
            "arm",
            arm.label(),
            "status",
            status.name())
        .increment();
    Timer.builder("sidestream.arm.answer.duration")
        .tags("task", task.label(), "arm", arm.label())
        .publishPercentileHistogram()
        .register(registry)
        .record(answering);
  }

  void expired(Task task, Admission.Verdict why) {
    expired(task, why == Admission.Verdict.TOO_OLD ? "age" : "deadline").increment();
  }

  void failed(Task task) {
    registry.counter("sidestream.prompts.failed", "task", task.label()).increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  private Counter replies(Task task, Reply.Status status) {
    return registry.counter("sidestream.replies", "task", task.label(), "status", status.name());
  }

  private Counter expired(Task task, String reason) {
    return registry.counter("sidestream.prompts.expired", "task", task.label(), "reason", reason);
  }

  private Timer timer(String name, Task task, Reply.Status status) {
    return Timer.builder(name)
        .tags("task", task.label(), "status", status.name())
        .publishPercentileHistogram()
        .register(registry);
  }
}

package io.sidestream.index.answering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sidestream.model.generator.Task;
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
      registry.counter("sidestream.prompts.expired", "task", task.label());
      registry.counter("sidestream.prompts.failed", "task", task.label());
    }
  }

  void replied(Task task, Reply.Status status, Duration answering, Duration sincePrompt) {
    registry
        .counter("sidestream.replies", "task", task.label(), "status", status.name())
        .increment();
    timer("sidestream.answer.duration", task, status).record(answering);
    timer("sidestream.reply.latency", task, status).record(sincePrompt);
  }

  void expired(Task task) {
    registry.counter("sidestream.prompts.expired", "task", task.label()).increment();
  }

  void failed(Task task) {
    registry.counter("sidestream.prompts.failed", "task", task.label()).increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  private Timer timer(String name, Task task, Reply.Status status) {
    return Timer.builder(name)
        .tags("task", task.label(), "status", status.name())
        .publishPercentileHistogram()
        .register(registry);
  }
}

package io.sidestream.index.requests;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.generator.Task;

/** What is counted about requests and interactions before they are answered. */
final class RequestMeters {
  private final MeterRegistry registry;

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void checked(Task task, CheckedRequest outcome) {
    registry
        .counter("sidestream.requests", "task", task.label(), "outcome", outcome.label())
        .increment();
  }

  void interaction(boolean readable) {
    registry
        .counter("sidestream.interactions", "outcome", readable ? "kept" : "skipped")
        .increment();
  }
}

package io.sidestream.index.requests;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.generator.Task;

/** Metrics of requests and interactions. */
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

  /**
   * @param outcome {@code kept}, {@code disliked}, {@code left_out} where its kind weighs nothing,
   *     {@code skipped}, {@code no_schema} where the registry did not answer, or, where it erased
   *     its user, {@code erased}
   */
  void interaction(String outcome) {
    registry.counter("sidestream.interactions", "outcome", outcome).increment();
  }
}

package io.sidestream.index.requests;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka Streams processor around {@link RequestGate}, with metrics and spans. */
final class CheckRequests extends ContextualProcessor<byte[], byte[], byte[], CheckedRequest> {
  private final Task task;
  private final Function<byte[], CheckedRequest> gate;
  private final ReplySender replies;
  private final RequestMeters meters;
  private final Tracing tracing;

  CheckRequests(
      Task task,
      Function<byte[], CheckedRequest> gate,
      ReplySender replies,
      RequestMeters meters,
      Tracing tracing) {
    this.tracing = tracing;
    this.replies = replies;
    this.task = task;
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], byte[]> request) {
    CheckedRequest checked;
    try (OpenSpan span = tracing.begin("check " + task.label(), request.headers())) {
      checked = gate.apply(request.value());
      span.attribute("sidestream.outcome", checked.label());
    }
    meters.checked(task, checked);
    Headers headers =
        checked instanceof CheckedRequest.Invalid
            ? request.headers()
            : replies.marked(request.headers(), request.value());
    context().forward(request.withValue(checked).withHeaders(headers));
  }
}

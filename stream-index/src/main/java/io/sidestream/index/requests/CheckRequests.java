package io.sidestream.index.requests;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RequestUnit;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka Streams processor around {@link RequestGate}, with metrics and spans. Prompts bear the time
 * of their request, and whose it is: how long a request has waited is known however late its prompt
 * is made, and which of two compared generations answers.
 */
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
    context().forward(request.withValue(checked).withHeaders(headers(request, checked)));
  }

  private Headers headers(Record<byte[], byte[]> request, CheckedRequest checked) {
    if (checked instanceof CheckedRequest.Invalid) {
      return request.headers();
    }
    Headers headers =
        replies
            .marked(request.headers(), request.value())
            .remove(EventTime.HEADER)
            .add(EventTime.HEADER, EventTime.value(request.timestamp()))
            .remove(RequestUnit.HEADER);
    checked.asker().ifPresent(user -> headers.add(RequestUnit.HEADER, RequestUnit.value(user)));
    return headers;
  }
}

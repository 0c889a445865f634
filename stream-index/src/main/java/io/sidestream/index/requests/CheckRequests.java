package io.sidestream.index.requests;

import io.sidestream.admin.tracing.OpenSpan;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RecordSize;
import io.sidestream.schemas.kafka.RequestUnit;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka Streams processor around {@link RequestGate}, with metrics and spans. Prompts bear the time
 * of their request, and whose it is: how long a request has waited is known however late its prompt
 * is made, and which of two compared generations answers.
 *
 * <p>What would be refused once its prompt comes back is refused here. Kafka Streams would wait
 * without end for a topic that is gone: a request that names the topic of its reply goes on.
 */
final class CheckRequests extends ContextualProcessor<byte[], byte[], byte[], CheckedRequest> {
  private final Task task;
  private final Function<byte[], CheckedRequest> gate;
  private final ReplySender replies;
  private final Refusals refusals;
  private final RequestMeters meters;
  private final Tracing tracing;

  CheckRequests(
      Task task,
      Function<byte[], CheckedRequest> gate,
      ReplySender replies,
      Refusals refusals,
      RequestMeters meters,
      Tracing tracing) {
    this.tracing = tracing;
    this.replies = replies;
    this.refusals = refusals;
    this.task = task;
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], byte[]> request) {
    CheckedRequest checked;
    try (OpenSpan span = tracing.begin("check " + task.label(), request.headers())) {
      checked = orRefused(request, checked(request));
      span.attribute("sidestream.outcome", checked.label());
    }
    meters.checked(task, checked);
    context().forward(request.withValue(checked).withHeaders(headers(request, checked)));
  }

  /** Brokers take what is larger where it is compressed; its prompt and reply are not. */
  private CheckedRequest checked(Record<byte[], byte[]> request) {
    long bytes = RecordSize.of(request.key(), request.value(), request.headers());
    return bytes <= Topics.MAX_RECORD_BYTES
        ? gate.apply(request.value())
        : new CheckedRequest.Invalid(
            new MalformedRecordException(
                MalformedRecordException.Reason.OUT_OF_RANGE,
                "request has %d bytes with its key and headers, at most %d are allowed"
                    .formatted(bytes, Topics.MAX_RECORD_BYTES),
                null),
            request.value());
  }

  private CheckedRequest orRefused(Record<byte[], byte[]> request, CheckedRequest checked) {
    if (!checked.becomesPrompt() || replies.namesTopic(task, request.headers())) {
      return checked;
    }
    return refusals
        .refusal(task, request.key(), Instant.ofEpochMilli(request.timestamp()), checked.deadline())
        .<CheckedRequest>map(reply -> new CheckedRequest.Refused(reply, request.value()))
        .orElse(checked);
  }

  private Headers headers(Record<byte[], byte[]> request, CheckedRequest checked) {
    if (!checked.becomesPrompt()) {
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

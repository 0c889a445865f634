package io.sidestream.index.requests;

import io.sidestream.model.generator.Task;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka Streams processor around {@link RequestGate}, with metrics. */
final class CheckRequests extends ContextualProcessor<byte[], byte[], byte[], CheckedRequest> {
  private final Task task;
  private final Function<byte[], CheckedRequest> gate;
  private final RequestMeters meters;

  CheckRequests(Task task, Function<byte[], CheckedRequest> gate, RequestMeters meters) {
    this.task = task;
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], byte[]> request) {
    CheckedRequest checked = gate.apply(request.value());
    meters.checked(task, checked);
    context().forward(request.withValue(checked));
  }
}

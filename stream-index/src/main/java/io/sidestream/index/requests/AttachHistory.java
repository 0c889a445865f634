package io.sidestream.index.requests;

import io.sidestream.model.generator.Task;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the prompt of a request and its history, and restores the original key. */
final class AttachHistory extends ContextualProcessor<byte[], WithHistory, byte[], CheckedRequest> {
  private final RequestGate gate;
  private final RequestMeters meters;

  AttachHistory(RequestGate gate, RequestMeters meters) {
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], WithHistory> joined) {
    KeyedRequest request = joined.value().request();
    CheckedRequest checked = gate.withHistory(request.request(), joined.value().history());
    meters.checked(Task.RECOMMENDATION, checked);
    context().forward(joined.withKey(request.key().orElse(null)).withValue(checked));
  }
}

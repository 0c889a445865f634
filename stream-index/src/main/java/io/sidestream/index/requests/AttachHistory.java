package io.sidestream.index.requests;

import io.sidestream.model.generator.Task;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the prompt of a request and its history, and restores the original key. */
final class AttachHistory implements Processor<byte[], WithHistory, byte[], CheckedRequest> {
  private final RequestGate gate;
  private final RequestMeters meters;
  private ProcessorContext<byte[], CheckedRequest> context;

  AttachHistory(RequestGate gate, RequestMeters meters) {
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<byte[], CheckedRequest> given) {
    context = given;
  }

  @Override
  public void process(Record<byte[], WithHistory> joined) {
    KeyedRequest request = joined.value().request();
    CheckedRequest checked = gate.withHistory(request.request(), joined.value().history());
    meters.checked(Task.RECOMMENDATION, checked);
    context.forward(joined.withKey(request.key().orElse(null)).withValue(checked));
  }
}

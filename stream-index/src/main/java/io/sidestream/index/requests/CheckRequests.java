package io.sidestream.index.requests;

import io.sidestream.model.generator.Task;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka Streams processor around {@link RequestGate}, with metrics. */
final class CheckRequests implements Processor<byte[], byte[], byte[], CheckedRequest> {
  private final Task task;
  private final Function<byte[], CheckedRequest> gate;
  private final RequestMeters meters;
  private ProcessorContext<byte[], CheckedRequest> context;

  CheckRequests(Task task, Function<byte[], CheckedRequest> gate, RequestMeters meters) {
    this.task = task;
    this.gate = gate;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<byte[], CheckedRequest> given) {
    context = given;
  }

  @Override
  public void process(Record<byte[], byte[]> request) {
    CheckedRequest checked = gate.apply(request.value());
    meters.checked(task, checked);
    context.forward(request.withValue(checked));
  }
}

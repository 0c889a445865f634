package io.sidestream.index.requests;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends a request to where its user's history is, and lets it remember its own key. */
final class RekeyByUser implements Processor<byte[], CheckedRequest, byte[], KeyedRequest> {
  private ProcessorContext<byte[], KeyedRequest> context;

  @Override
  public void init(ProcessorContext<byte[], KeyedRequest> given) {
    context = given;
  }

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.NeedsHistory needs = (CheckedRequest.NeedsHistory) request.value();
    byte[] user = needs.user().value().getBytes(StandardCharsets.UTF_8);
    KeyedRequest keyed = new KeyedRequest(Optional.ofNullable(request.key()), needs.request());
    context.forward(request.withKey(user).withValue(keyed));
  }
}

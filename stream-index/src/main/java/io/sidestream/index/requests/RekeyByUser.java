package io.sidestream.index.requests;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Rekeys a request by user, to join its history; the original key is kept in the value. */
final class RekeyByUser extends ContextualProcessor<byte[], CheckedRequest, byte[], KeyedRequest> {

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.NeedsHistory needs = (CheckedRequest.NeedsHistory) request.value();
    byte[] user = needs.user().value().getBytes(StandardCharsets.UTF_8);
    KeyedRequest keyed = new KeyedRequest(Optional.ofNullable(request.key()), needs.request());
    context().forward(request.withKey(user).withValue(keyed));
  }
}

package io.sidestream.index.requests;

import io.sidestream.schemas.kafka.RejectedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards invalid requests to the rejected topic, as they came unless they are too large. */
final class RejectRequests extends ContextualProcessor<byte[], CheckedRequest, byte[], byte[]> {

  @Override
  public void process(Record<byte[], CheckedRequest> request) {
    CheckedRequest.Invalid invalid = (CheckedRequest.Invalid) request.value();
    RecordMetadata source = context().recordMetadata().orElseThrow();
    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(
            source.topic(),
            source.partition(),
            source.offset(),
            request.key(),
            invalid.request(),
            request.headers(),
            "CHECK_REQUEST",
            RequestGate.class.getName(),
            invalid.why());
    context()
        .forward(
            request
                .withKey(rejected.key())
                .withValue(rejected.value())
                .withHeaders(rejected.headers()));
  }
}

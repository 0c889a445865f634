package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RejectedRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the record for the rejected topic: the original bytes, and why they were refused.
 *
 * @param stage the step that refused
 * @param className the class that refused
 */
record Rejection(String stage, String className) implements Serializable {
  OutboundRecord of(InboundRecord arrival, MalformedRecordException cause) {
    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(
            arrival.topic(),
            arrival.partition(),
            arrival.offset(),
            arrival.key().orElse(null),
            arrival.value().orElse(null),
            headers(arrival.headers()),
            stage,
            className,
            cause);
    return new OutboundRecord(
        rejected.topic(),
        Optional.ofNullable(rejected.key()),
        Optional.ofNullable(rejected.value()),
        fields(rejected.headers()));
  }

  private static Headers headers(List<RecordHeader> fields) {
    RecordHeaders headers = new RecordHeaders();
    fields.forEach(field -> headers.add(field.name(), field.value().orElse(null)));
    return headers;
  }

  private static List<RecordHeader> fields(Headers headers) {
    List<RecordHeader> fields = new ArrayList<>();
    for (Header header : headers) {
      fields.add(new RecordHeader(header.key(), Optional.ofNullable(header.value())));
    }
    return List.copyOf(fields);
  }
}

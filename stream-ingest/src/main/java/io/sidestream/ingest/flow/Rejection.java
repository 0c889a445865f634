package io.sidestream.ingest.flow;

import io.sidestream.schemas.kafka.RejectedRecord;
import java.io.Serializable;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the record for the rejected topic: the original bytes and the reason.
 *
 * @param stage the step that rejected
 * @param className the class that rejected
 */
public record Rejection(String stage, String className) implements Serializable {
  /** The rejected form of a record. */
  public OutboundRecord of(InboundRecord record, Exception cause) {
    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(
            record.topic(),
            record.partition(),
            record.offset(),
            record.key().orElse(null),
            record.value().orElse(null),
            RecordHeader.kafka(record.headers()),
            stage,
            className,
            cause);
    return new OutboundRecord(
        rejected.topic(),
        Optional.ofNullable(rejected.key()),
        Optional.ofNullable(rejected.value()),
        RecordHeader.list(rejected.headers()));
  }
}

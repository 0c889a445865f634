package io.sidestream.ingest.flow;

import java.util.List;
import java.util.Optional;

/** A Kafka record as it came, and where it lies: not yet known to be well-formed. */
public record InboundRecord(
    String topic,
    int partition,
    long offset,
    Optional<byte[]> key,
    Optional<byte[]> value,
    List<RecordHeader> headers) {

  /** Its type, for Flink. */
  public static final ValueType<InboundRecord> TYPE =
      new ValueType<>(InboundRecord.class, InboundRecordSerializer.INSTANCE);
}

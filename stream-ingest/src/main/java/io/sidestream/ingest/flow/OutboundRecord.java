package io.sidestream.ingest.flow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A Kafka record to be written; an absent value is a tombstone. */
public record OutboundRecord(
    String topic, Optional<byte[]> key, Optional<byte[]> value, List<RecordHeader> headers) {

  /** Its type, for Flink. */
  public static final ValueType<OutboundRecord> TYPE =
      new ValueType<>(OutboundRecord.class, OutboundRecordSerializer.INSTANCE);

  /** A record under a key of text. */
  public static OutboundRecord of(String topic, String key, byte[] value) {
    return new OutboundRecord(topic, Optional.of(utf8(key)), Optional.of(value), List.of());
  }

  /** A tombstone under a key of text. */
  public static OutboundRecord tombstone(String topic, String key) {
    return new OutboundRecord(topic, Optional.of(utf8(key)), Optional.empty(), List.of());
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}

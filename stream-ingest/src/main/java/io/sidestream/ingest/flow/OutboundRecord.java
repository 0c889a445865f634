package io.sidestream.ingest.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A Kafka record to produce; without a value it is a tombstone. */
public record OutboundRecord(
    String topic, Optional<byte[]> key, Optional<byte[]> value, List<RecordHeader> headers) {

  /** Its type, for Flink. */
  public static final ValueType<OutboundRecord> TYPE =
      new ValueType<>(OutboundRecord.class, OutboundRecordSerializer.INSTANCE);

  public OutboundRecord {
    key = RecordHeader.copy(key);
    value = RecordHeader.copy(value);
    headers = List.copyOf(headers);
  }

  @Override
  public Optional<byte[]> key() {
    return RecordHeader.copy(key);
  }

  @Override
  public Optional<byte[]> value() {
    return RecordHeader.copy(value);
  }

  /** The same with one header more. */
  public OutboundRecord with(RecordHeader header) {
    return with(List.of(header));
  }

  /** The same with more headers. */
  public OutboundRecord with(List<RecordHeader> more) {
    List<RecordHeader> all = new ArrayList<>(headers);
    all.addAll(more);
    return new OutboundRecord(topic, key, value, all);
  }

  /** The record as Kafka's producer takes it; the producer chooses the partition by key. */
  public ProducerRecord<byte[], byte[]> kafka() {
    return new ProducerRecord<>(
        topic, null, key.orElse(null), value.orElse(null), RecordHeader.kafka(headers));
  }

  /** A record under a text key. */
  public static OutboundRecord of(String topic, String key, byte[] value) {
    return keyed(topic, key, Optional.of(value));
  }

  /** A tombstone under a text key. */
  public static OutboundRecord tombstone(String topic, String key) {
    return keyed(topic, key, Optional.empty());
  }

  private static OutboundRecord keyed(String topic, String key, Optional<byte[]> value) {
    return new OutboundRecord(
        topic, Optional.of(key.getBytes(StandardCharsets.UTF_8)), value, List.of());
  }
}

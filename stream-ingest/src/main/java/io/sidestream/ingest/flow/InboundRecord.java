package io.sidestream.ingest.flow;

import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.InputFormat;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A consumed Kafka record and its coordinates, not yet known to be well-formed. */
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

  public InboundRecord {
    key = RecordHeader.copy(key);
    value = RecordHeader.copy(value);
    headers = List.copyOf(headers);
  }

  /** A record as Kafka's consumer gives it. */
  public static InboundRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new InboundRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        Optional.ofNullable(record.key()),
        Optional.ofNullable(record.value()),
        RecordHeader.list(record.headers()));
  }

  @Override
  public Optional<byte[]> key() {
    return RecordHeader.copy(key);
  }

  @Override
  public Optional<byte[]> value() {
    return RecordHeader.copy(value);
  }

  /** The key's text, which is UTF-8 on every topic. */
  public String keyText() throws MalformedRecordException {
    return KeyedRecords.keyText(key.orElse(null));
  }

  /** Rejects a key other than the one that the value needs. */
  public void requireKey(String expected) throws MalformedRecordException {
    KeyedRecords.requireKey(key.orElse(null), expected);
  }

  /** The decoded value, on a topic without tombstones. */
  public <T> T value(Codec<T> codec) throws MalformedRecordException {
    return KeyedRecords.present(codec, value.orElse(null));
  }

  /** Likewise, of a value that may name its schema by an id. */
  public <T> T value(InputFormat<T> format, WriterSchemas schemas) throws MalformedRecordException {
    return KeyedRecords.present(format, value.orElse(null), schemas);
  }
}

package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A consumed Kafka record and its coordinates, not yet known to be well-formed. */
public record InboundRecord(
    String topic,
    int partition,
    long offset,
    Optional<byte[]> key,
    Optional<byte[]> value,
    List<RecordHeader> headers) {

  /** Its type, for Flink. */
  static final ValueType<InboundRecord> TYPE =
      new ValueType<>(InboundRecord.class, InboundRecordSerializer.INSTANCE);

  public InboundRecord {
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

  /** The key's text, which is UTF-8 on every topic. */
  public String keyText() throws MalformedRecordException {
    if (key.isEmpty()) {
      throw badKey("record of " + topic + " has no key, expected one", null);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key.get())).toString();
    } catch (CharacterCodingException e) {
      throw badKey("key of a record of " + topic + " is not UTF-8 text", e);
    }
  }

  /** Rejects a key other than the one that the value needs. */
  public void requireKey(String expected) throws MalformedRecordException {
    String found = keyText();
    if (!found.equals(expected)) {
      throw badKey("key is \"" + found + "\", expected \"" + expected + "\"", null);
    }
  }

  /** The decoded value, on a topic without tombstones. */
  public <T> T value(Codec<T> codec) throws MalformedRecordException {
    if (value.isEmpty()) {
      throw new MalformedRecordException(
          Reason.UNEXPECTED_TOMBSTONE, "record of " + topic + " has no value, expected one", null);
    }
    return codec.decode(value.get());
  }

  private static MalformedRecordException badKey(String message, @Nullable Throwable cause) {
    return new MalformedRecordException(Reason.BAD_KEY, message, cause);
  }
}

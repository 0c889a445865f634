package io.sidestream.schemas.avro;

import org.apache.avro.Schema;

/**
 * Reads values that others write, told apart by their first byte: Avro's single-object encoding, or
 * JSON with the same fields. Writes single-object encoding.
 */
final class InputCodec<T> implements Codec<T> {
  private final SingleObjectCodec<T> avro;
  private final Schema schema;

  InputCodec(Schema schema, SingleObjectCodec<T> avro) {
    this.schema = schema;
    this.avro = avro;
  }

  SingleObjectCodec<T> avro() {
    return avro;
  }

  @Override
  public byte[] encode(T value) {
    return avro.encode(value);
  }

  @Override
  public T decode(byte[] bytes) throws MalformedRecordException {
    if (bytes == null || !JsonText.isObject(bytes)) {
      return avro.decode(bytes);
    }
    return avro.toDomain(JsonRecords.read(bytes, JsonText.start(bytes), schema));
  }
}

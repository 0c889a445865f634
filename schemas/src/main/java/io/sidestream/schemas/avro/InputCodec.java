package io.sidestream.schemas.avro;

import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

/**
 * Reads values that others write, by their first byte: Avro's single-object encoding, JSON with the
 * same fields, or a registry's frame around either. Writes single-object encoding.
 */
final class InputCodec<T> implements InputFormat<T> {
  /** First byte of a value that names its schema by an id; the id follows, 4 bytes, big-endian. */
  private static final byte FRAME = 0;

  private static final int HEADER = 1 + Integer.BYTES;

  private final SingleObjectCodec<T> avro;
  private final Schema schema;
  private final RegisteredReaders readers;

  InputCodec(Schema schema, SingleObjectCodec<T> avro) {
    this.schema = schema;
    this.avro = avro;
    this.readers = new RegisteredReaders(schema);
  }

  SingleObjectCodec<T> avro() {
    return avro;
  }

  @Override
  public byte[] encode(T value) {
    return avro.encode(value);
  }

  @Override
  public T decode(byte[] bytes, WriterSchemas schemas) throws MalformedRecordException {
    if (bytes != null && bytes.length > HEADER && bytes[0] == FRAME) {
      return framed(bytes, schemas);
    }
    if (bytes == null || !JsonText.isDocument(bytes)) {
      return avro.decode(bytes);
    }
    return avro.toDomain(JsonRecords.read(bytes, JsonText.start(bytes), schema));
  }

  private T framed(byte[] bytes, WriterSchemas schemas) throws MalformedRecordException {
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    WriterSchemas.Registered written =
        schemas
            .find(id)
            .orElseThrow(
                () ->
                    new MalformedRecordException(
                        Reason.UNKNOWN_SCHEMA,
                        "value has schema %d, which is not known to %s"
                            .formatted(id, schemas.source()),
                        null));
    return switch (written.language()) {
      case AVRO -> avro.toDomain(readers.read(id, written.text(), bytes, HEADER));
      case JSON -> avro.toDomain(JsonRecords.read(bytes, HEADER, schema));
      case OTHER ->
          throw new MalformedRecordException(
              Reason.UNREADABLE,
              written.text().isEmpty()
                  ? "value has schema %d, of which %s gave no readable text"
                      .formatted(id, schemas.source())
                  : "value has schema %d, which is neither Avro nor JSON".formatted(id),
              null);
    };
  }
}

package io.sidestream.schemas.avro;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads Avro of registered schemas as records of one schema. Thread-safe. */
final class RegisteredReaders {
  /** Most readers that are kept; more than producers have versions of a schema. */
  static final int MAX_KEPT = 1_000;

  private final Schema schema;
  private final Map<String, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

  RegisteredReaders(Schema schema) {
    this.schema = schema;
  }

  /**
   * The record after the header.
   *
   * @param text the writer's schema
   */
  GenericRecord read(int id, String text, byte[] bytes, int header)
      throws MalformedRecordException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, header, bytes.length - header, null);
    try {
      GenericRecord avro = reader(text).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes are left after the record");
      }
      return avro;
    } catch (IOException | RuntimeException e) {
      throw new MalformedRecordException(
          Reason.UNREADABLE,
          "value of schema %d is not a readable %s: %s"
              .formatted(id, schema.getName(), ReasonText.of(e)),
          e);
    }
  }

  private GenericDatumReader<GenericRecord> reader(String text) {
    if (readers.size() >= MAX_KEPT) {
      readers.clear();
    }
    return readers.computeIfAbsent(text, this::parse);
  }

  /**
   * @throws AvroRuntimeException when the text is no schema
   */
  private GenericDatumReader<GenericRecord> parse(String text) {
    return new GenericDatumReader<>(new Schema.Parser().parse(text), schema, new UnsizedData());
  }
}

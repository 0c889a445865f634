package io.sidestream.schemas.avro;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding: C3 01, the schema's 8-byte CRC-64-AVRO fingerprint with its lowest
 * byte first, then Avro binary. Needs no registry.
 */
final class SingleObjectCodec<T> implements Codec<T> {
  /*
   * Every schema of a release stays readable: the fingerprint selects the writer's schema, and Avro
   * resolves it to the current one. Interactions and searches have unlimited retention, so that old
   * schemas do occur.
   */
  private static final int HEADER = 10;
  private static final int FINGERPRINT_AT = 2;
  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int USUAL_SIZE = 256;

  private final Schema schema;
  private final byte[] header;
  private final Conversion<T> conversion;
  private final GenericDatumWriter<GenericRecord> writer;
  private final Map<Long, GenericDatumReader<GenericRecord>> readers;

  /**
   * A codec that writes one schema and reads others too.
   *
   * @param former schemas of earlier releases
   */
  SingleObjectCodec(Schema schema, List<Schema> former, Conversion<T> conversion) {
    UnsizedData data = new UnsizedData();
    this.schema = schema;
    this.header = headerOf(schema);
    this.conversion = conversion;
    this.writer = new GenericDatumWriter<>(schema, data);
    this.readers =
        Stream.concat(former.stream(), Stream.of(schema))
            .collect(
                Collectors.toUnmodifiableMap(
                    SchemaNormalization::parsingFingerprint64,
                    written -> new GenericDatumReader<>(written, schema, data)));
  }

  /** Whether records written with this schema can be decoded. */
  boolean reads(Schema written) {
    return readers.containsKey(SchemaNormalization.parsingFingerprint64(written));
  }

  static byte[] headerOf(Schema schema) {
    return ByteBuffer.allocate(HEADER)
        .put(MARKER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  @Override
  public byte[] encode(T value) {
    GenericRecord avro = conversion.toAvro(schema, value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    bytes.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(avro, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public T decode(byte[] bytes) throws MalformedRecordException {
    if (bytes == null) {
      throw new MalformedRecordException(
          Reason.UNEXPECTED_TOMBSTONE, "value is null, expected " + schema.getName(), null);
    }
    return toDomain(read(bytes, reader(bytes)));
  }

  /** The value of a record of the current schema. */
  T toDomain(GenericRecord avro) throws MalformedRecordException {
    try {
      return conversion.toDomain(new AvroFields(avro));
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(Reason.OUT_OF_RANGE, ReasonText.of(e), e);
    }
  }

  private GenericDatumReader<GenericRecord> reader(byte[] bytes) throws MalformedRecordException {
    if (bytes.length < HEADER) {
      throw unreadable("value has " + bytes.length + " bytes, expected at least " + HEADER, null);
    }
    boolean marked = bytes[0] == MARKER[0] && bytes[1] == MARKER[1];
    GenericDatumReader<GenericRecord> reader = marked ? readers.get(fingerprint(bytes)) : null;
    if (reader == null) {
      HexFormat hex = HexFormat.of();
      throw unreadable(
          "value starts with %s, expected %s of %s"
              .formatted(hex.formatHex(bytes, 0, HEADER), hex.formatHex(header), schema.getName()),
          null);
    }
    return reader;
  }

  private static long fingerprint(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT_AT);
  }

  private GenericRecord read(byte[] bytes, GenericDatumReader<GenericRecord> reader)
      throws MalformedRecordException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    try {
      GenericRecord avro = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes are left after the record");
      }
      return avro;
    } catch (IOException | RuntimeException e) {
      throw unreadable("value is not a readable " + schema.getName() + ": " + ReasonText.of(e), e);
    }
  }

  private static MalformedRecordException unreadable(String message, @Nullable Exception cause) {
    return new MalformedRecordException(Reason.UNREADABLE, message, cause);
  }
}

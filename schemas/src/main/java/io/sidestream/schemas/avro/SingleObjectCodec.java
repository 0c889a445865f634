package io.sidestream.schemas.avro;

import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Avro's single-object encoding: C3 01, the schema's 8-byte CRC-64-AVRO fingerprint with its lowest
 * byte first, then Avro binary. Needs no registry.
 */
final class SingleObjectCodec<T> implements Codec<T> {
  private static final short MARKER = (short) 0xC301;
  private static final int HEADER = 10;
  private static final int USUAL_SIZE = 256;

  private final Schema schema;
  private final byte[] header;
  private final Conversion<T> conversion;
  private final UnsizedData data;

  SingleObjectCodec(Schema schema, Conversion<T> conversion) {
    this.schema = schema;
    this.header = headerOf(schema);
    this.conversion = conversion;
    this.data = new UnsizedData();
  }

  private static byte[] headerOf(Schema schema) {
    return ByteBuffer.allocate(HEADER)
        .putShort(MARKER)
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
      new GenericDatumWriter<GenericRecord>(schema, data).write(avro, encoder);
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
    checkHeader(bytes);
    GenericRecord avro = read(bytes);
    try {
      return conversion.toDomain(new AvroFields(avro));
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(Reason.OUT_OF_RANGE, e.getMessage(), e);
    }
  }

  private void checkHeader(byte[] bytes) throws MalformedRecordException {
    if (bytes.length < HEADER) {
      throw unreadable("value has " + bytes.length + " bytes, expected at least " + HEADER, null);
    }
    for (int i = 0; i < HEADER; i++) {
      if (bytes[i] != header[i]) {
        HexFormat hex = HexFormat.of();
        throw unreadable(
            "value starts with %s, expected %s of %s"
                .formatted(
                    hex.formatHex(bytes, 0, HEADER), hex.formatHex(header), schema.getName()),
            null);
      }
    }
  }

  private GenericRecord read(byte[] bytes) throws MalformedRecordException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    try {
      GenericRecord avro =
          new GenericDatumReader<GenericRecord>(schema, schema, data).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes are left after the record");
      }
      return avro;
    } catch (IOException | RuntimeException e) {
      throw unreadable("value is not a readable " + schema.getName() + ": " + e.getMessage(), e);
    }
  }

  private static MalformedRecordException unreadable(String message, Exception cause) {
    return new MalformedRecordException(Reason.UNREADABLE, message, cause);
  }
}

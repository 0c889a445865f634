package io.sidestream.schemas.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** JSON with the fields of an Avro schema, in the schema's order. */
final class JsonCodec<T> implements Codec<T> {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Schema schema;
  private final Conversion<T> conversion;

  JsonCodec(Schema schema, Conversion<T> conversion) {
    this.schema = schema;
    this.conversion = conversion;
  }

  @Override
  public byte[] encode(T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(conversion.toAvro(schema, value), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value instanceof GenericRecord record) {
      json.writeStartObject();
      for (Schema.Field field : record.getSchema().getFields()) {
        json.writeFieldName(field.name());
        write(record.get(field.pos()), json);
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> elements) {
      json.writeStartArray();
      for (Object element : elements) {
        write(element, json);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> entries) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  @Override
  public T decode(byte[] bytes) throws MalformedRecordException {
    GenericRecord avro = JsonRecords.read(bytes, 0, schema);
    try {
      return conversion.toDomain(new AvroFields(avro));
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(Reason.OUT_OF_RANGE, ReasonText.of(e), e);
    }
  }
}

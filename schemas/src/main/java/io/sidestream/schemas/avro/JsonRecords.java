package io.sidestream.schemas.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object as an Avro record with the same fields. Fields that the schema does not have
 * are passed over; those with a default may be absent or null; types are never guessed.
 */
final class JsonRecords {
  /*
   * Other forms are taken beside Avro's own, because producers of JSON write them: a time may be an
   * ISO 8601 text with its zone, and a list of names with their values may be an object, where one
   * value means a list of one, and numbers and booleans are taken as they are written. Tables have
   * whole numbers for ids, which are taken as their digits, and their columns of JSON arrive as
   * texts that hold such a list or object.
   */
  private static final String NAME = "name";

  private JsonRecords() {}

  /** The record of a document that begins at a position. */
  static GenericRecord read(byte[] json, int from, Schema schema) throws MalformedRecordException {
    JsonNode document = JsonText.parse(json, from, Reason.UNREADABLE, "value");
    if (!document.isObject()) {
      throw unreadable(
          "value is %s, expected an object of %s".formatted(kind(document), schema.getName()));
    }
    return record(document, schema, "");
  }

  private static GenericRecord record(JsonNode object, Schema schema, String path)
      throws MalformedRecordException {
    GenericRecord avro = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      String name = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode value = object.path(field.name());
      avro.put(field.pos(), value(value, field, name));
    }
    return avro;
  }

  private static @Nullable Object value(JsonNode value, Schema.Field field, String path)
      throws MalformedRecordException {
    if (field.hasDefaultValue() && (value.isMissingNode() || value.isNull())) {
      return GenericData.get().getDefaultValue(field);
    }
    if (value.isMissingNode()) {
      throw unreadable("field \"" + path + "\" is missing");
    }
    return value(value, field.schema(), path);
  }

  private static @Nullable Object value(JsonNode value, Schema schema, String path)
      throws MalformedRecordException {
    return switch (schema.getType()) {
      case STRING -> text(value, path);
      case BOOLEAN -> {
        expect(value.isBoolean(), value, path, "true or false");
        yield value.booleanValue();
      }
      case INT -> {
        expect(value.isIntegralNumber() && value.canConvertToInt(), value, path, "a whole number");
        yield value.intValue();
      }
      case LONG -> number(value, schema, path);
      case DOUBLE -> {
        expect(value.isNumber(), value, path, "a number");
        yield value.doubleValue();
      }
      case ENUM -> {
        expect(
            value.isTextual() && schema.hasEnumSymbol(value.textValue()),
            value,
            path,
            "one of " + schema.getEnumSymbols());
        yield new GenericData.EnumSymbol(schema, value.textValue());
      }
      case MAP -> map(value, schema.getValueType(), path);
      case ARRAY -> list(value, schema.getElementType(), path);
      case RECORD -> {
        expect(value.isObject(), value, path, "an object");
        yield record(value, schema, path);
      }
      case UNION -> value(value, present(schema), path);
      default -> throw new IllegalStateException("no JSON form of " + schema.getType());
    };
  }

  /** The case of an optional field that is not null. */
  private static Schema present(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static Long number(JsonNode value, Schema schema, String path)
      throws MalformedRecordException {
    boolean isTime = schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    if (isTime && value.isTextual()) {
      return millis(value.textValue(), path);
    }
    expect(
        value.isIntegralNumber() && value.canConvertToLong(),
        value,
        path,
        isTime ? "whole milliseconds since 1970, or a time with its zone" : "a whole number");
    return value.longValue();
  }

  private static long millis(String time, String path) throws MalformedRecordException {
    try {
      Instant instant = OffsetDateTime.parse(time).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable(
          "field \"%s\" is \"%s\", expected whole milliseconds since 1970, or a time with its zone"
                  .formatted(path, shortened(time))
              + " such as 2026-03-01T12:00:00Z");
    }
  }

  private static Map<String, Object> map(JsonNode value, Schema content, String path)
      throws MalformedRecordException {
    expect(value.isObject(), value, path, "an object");
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String place = path + "." + shortened(entry.getKey());
      Object read = value(entry.getValue(), content, place);
      if (read != null) {
        entries.put(encodable(entry.getKey(), path), read);
      }
    }
    return entries;
  }

  private static List<Object> list(JsonNode value, Schema element, String path)
      throws MalformedRecordException {
    if (value.isTextual() && isNamed(element)) {
      return list(document(value.textValue(), path), element, path);
    }
    if (value.isObject() && isNamed(element)) {
      return named(value, element, path);
    }
    expect(value.isArray(), value, path, isNamed(element) ? "a list or an object" : "a list");
    List<Object> elements = new ArrayList<>(value.size());
    for (JsonNode one : value) {
      String place = path + "[" + elements.size() + "]";
      Object read = value(one, element, place);
      if (read != null) {
        elements.add(read);
      }
    }
    return elements;
  }

  /** Inside a text, at most one level deep. */
  private static JsonNode document(String json, String path) throws MalformedRecordException {
    JsonNode inside =
        JsonText.document(json.getBytes(StandardCharsets.UTF_8), "field \"" + path + "\"");
    expect(!inside.isTextual(), inside, path, "a list or an object");
    return inside;
  }

  private static boolean isNamed(Schema element) {
    return element.getType() == Schema.Type.RECORD
        && element.getFields().size() == 2
        && element.getFields().get(0).name().equals(NAME);
  }

  private static List<Object> named(JsonNode object, Schema element, String path)
      throws MalformedRecordException {
    List<Object> records = new ArrayList<>(object.size());
    Schema content = element.getFields().get(1).schema();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String place = path + "." + shortened(entry.getKey());
      GenericRecord record = new GenericData.Record(element);
      record.put(0, encodable(entry.getKey(), path));
      record.put(
          1,
          content.getType() == Schema.Type.ARRAY
              ? labels(entry.getValue(), place)
              : text(entry.getValue(), place));
      records.add(record);
    }
    return records;
  }

  private static List<String> labels(JsonNode value, String path) throws MalformedRecordException {
    if (value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      return List.of(label(value, path));
    }
    List<String> labels = new ArrayList<>(value.size());
    for (JsonNode one : value) {
      labels.add(label(one, path + "[" + labels.size() + "]"));
    }
    return labels;
  }

  private static String label(JsonNode value, String path) throws MalformedRecordException {
    return value.isNumber() || value.isBoolean() ? value.asText() : text(value, path);
  }

  private static String text(JsonNode value, String path) throws MalformedRecordException {
    if (value.isIntegralNumber()) {
      return value.asText();
    }
    expect(value.isTextual(), value, path, "a text");
    return encodable(value.textValue(), path);
  }

  /** Half of a surrogate pair has no UTF-8: as an id it would be another one elsewhere. */
  private static String encodable(String text, String path) throws MalformedRecordException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw unreadable("field \"" + path + "\" holds half of a character");
    }
    return text;
  }

  private static void expect(boolean met, JsonNode value, String path, String expected)
      throws MalformedRecordException {
    if (!met) {
      throw unreadable("field \"%s\" is %s, expected %s".formatted(path, kind(value), expected));
    }
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> "the number " + shortened(value.asText());
      case BOOLEAN -> value.asText();
      case NULL -> "null";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      default -> "nothing";
    };
  }

  private static String shortened(String text) {
    int most = 40;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private static MalformedRecordException unreadable(String message) {
    return new MalformedRecordException(Reason.UNREADABLE, message, null);
  }
}

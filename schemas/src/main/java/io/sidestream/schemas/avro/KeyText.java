package io.sidestream.schemas.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id in a record's key: bare text, a JSON string, or a JSON object with a field {@code id} or
 * with one field only.
 */
final class KeyText {
  private static final String ID = "id";

  private KeyText() {}

  /** The id in a key; one rule for all readers. */
  static String of(byte @Nullable [] key) throws MalformedRecordException {
    String text = raw(key);
    if (!isJson(text)) {
      return text;
    }
    JsonNode json = JsonText.parse(text.getBytes(StandardCharsets.UTF_8), 0, Reason.BAD_KEY, "key");
    return id(json.isObject() ? field(json) : json);
  }

  /** The bytes of which {@link #of} is the id: its text, or a JSON string where that looks so. */
  static byte[] bytes(String id) {
    String text = isJson(id) ? TextNode.valueOf(id).toString() : id;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isJson(String text) {
    return text.startsWith("\"") || text.startsWith("{");
  }

  /** The bytes as text. */
  private static String raw(byte @Nullable [] key) throws MalformedRecordException {
    if (key == null) {
      throw bad("record has no key, expected one", null);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw bad("key of a record is not UTF-8 text", e);
    }
  }

  private static JsonNode field(JsonNode object) throws MalformedRecordException {
    if (!object.has(ID) && object.size() != 1) {
      throw bad(
          "key is an object of %d fields, expected one of them to be id".formatted(object.size()),
          null);
    }
    return object.has(ID) ? object.get(ID) : object.iterator().next();
  }

  private static String id(JsonNode value) throws MalformedRecordException {
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw bad("key holds neither a text nor a whole number", null);
    }
    return value.asText();
  }

  static MalformedRecordException bad(String message, @Nullable Throwable cause) {
    return new MalformedRecordException(Reason.BAD_KEY, message, cause);
  }
}

package io.sidestream.schemas.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses JSON from outside: strict UTF-8, one document, each name once, size and depth bounded. */
final class JsonText {
  /** Most objects and arrays inside each other. */
  static final int MAX_DEPTH = 32;

  /** Most characters of a number. */
  static final int MAX_NUMBER = 64;

  private static final String SCHEMA = "schema";
  private static final String PAYLOAD = "payload";

  /** The byte order mark in UTF-8. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final long UNBOUNDED = -1;
  private static final JsonMapper VALUES = mapper(Topics.MAX_RECORD_BYTES);
  private static final JsonMapper DOCUMENTS = mapper(UNBOUNDED);

  private JsonText() {}

  private static JsonMapper mapper(long maxLength) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxDocumentLength(maxLength)
                        .build())
                .build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /** Position of the first byte that is no mark and no white space of JSON, or the length. */
  static int start(byte[] bytes) {
    int at = afterMark(bytes, 0);
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** Whether bytes are JSON's object, by the first that is no mark and no white space. */
  static boolean isObject(byte[] bytes) {
    int at = start(bytes);
    return at < bytes.length && bytes[at] == '{';
  }

  /** Whether they are an object or a list likewise, be it one that is not expected. */
  static boolean isDocument(byte[] bytes) {
    int at = start(bytes);
    return at < bytes.length && (bytes[at] == '{' || bytes[at] == '[');
  }

  /** Some programs begin UTF-8 with its mark. */
  private static int afterMark(byte[] bytes, int from) {
    int end = from + MARK.length;
    return end <= bytes.length && Arrays.equals(bytes, from, end, MARK, 0, MARK.length)
        ? end
        : from;
  }

  /**
   * The document, without the envelope of schema and payload that Kafka Connect's converter writes.
   *
   * @param reason of what is not readable
   * @param what it is, for the message
   */
  static JsonNode parse(byte[] bytes, int from, Reason reason, String what)
      throws MalformedRecordException {
    JsonNode document = read(VALUES, bytes, from, reason, what);
    return document.size() == 2 && document.has(SCHEMA) && document.has(PAYLOAD)
        ? document.get(PAYLOAD)
        : document;
  }

  /** A document that holds values, or parts of one; the caller bounds its length. */
  static JsonNode document(byte[] bytes, String what) throws MalformedRecordException {
    return read(DOCUMENTS, bytes, 0, Reason.UNREADABLE, what);
  }

  private static JsonNode read(
      JsonMapper mapper, byte[] bytes, int from, Reason reason, String what)
      throws MalformedRecordException {
    try {
      int start = afterMark(bytes, from);
      ByteBuffer text = ByteBuffer.wrap(bytes, start, bytes.length - start);
      return mapper.readTree(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      throw malformed(reason, what + " is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw malformed(
          reason, "%s is not readable JSON%s: %s".formatted(what, at(e), firstLine(e)), e);
    }
  }

  private static String at(JsonProcessingException failure) {
    @Nullable JsonLocation location = failure.getLocation();
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String firstLine(JsonProcessingException failure) {
    return String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("no reason");
  }

  private static MalformedRecordException malformed(
      Reason reason, String message, Exception cause) {
    return new MalformedRecordException(reason, message, cause);
  }
}

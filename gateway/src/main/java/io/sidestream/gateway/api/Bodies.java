package io.sidestream.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.gateway.http.BadRequestException;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the bodies of requests: JSON with the fields of the topic's schema, by the codec that reads
 * the topic.
 */
final class Bodies {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern FIELD = Pattern.compile("field \"([^\"]+)\"");

  private Bodies() {}

  /** The value of a whole body. */
  static <T> T read(Codec<T> codec, byte[] body) {
    if (!Codecs.isJsonObject(body)) {
      throw new BadRequestException("", "body is no JSON object");
    }
    return read(codec, body, "");
  }

  /** The value of one part of a body. */
  static <T> T read(Codec<T> codec, JsonNode part, String place) {
    if (!part.isObject()) {
      throw new BadRequestException(place, "field \"" + place + "\" is no object");
    }
    return read(codec, bytes(part), place);
  }

  private static <T> T read(Codec<T> codec, byte[] json, String place) {
    try {
      return codec.decode(json);
    } catch (MalformedRecordException e) {
      String sentence = ReasonText.of(e);
      throw new BadRequestException(field(place, sentence), sentence);
    }
  }

  /** The field that a sentence is about: a quoted one, or the word it begins with. */
  private static String field(String place, String sentence) {
    Matcher quoted = FIELD.matcher(sentence);
    String name = quoted.find() ? quoted.group(1) : sentence.split(" ", 2)[0];
    return place.isEmpty() ? name : place + "." + name;
  }

  /** The body as a JSON object, each name once. */
  static JsonNode object(byte[] body) {
    if (!Codecs.isJsonObject(body)) {
      throw new BadRequestException("", "body is no JSON object");
    }
    try {
      return Codecs.document(body, "body");
    } catch (MalformedRecordException e) {
      throw new BadRequestException("", ReasonText.of(e));
    }
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

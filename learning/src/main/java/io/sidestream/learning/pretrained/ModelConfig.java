package io.sidestream.learning.pretrained;

import static io.sidestream.learning.pretrained.HuggingFaceException.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * A JSON file of a folder, such as {@code config.json}, whose getters refuse what is missing or out
 * of range.
 *
 * @param file its name, for messages
 */
record ModelConfig(Path folder, String file, JsonNode json) {
  /** Largest size of anything: more than any of these models has, far from overflow. */
  static final int MAX_SIZE = 1 << 24;

  String text(String key) throws HuggingFaceException {
    require(folder, json.path(key).isTextual(), "%s has no %s", file, key);
    return json.path(key).asText();
  }

  String text(String key, String absent) throws HuggingFaceException {
    return present(key) ? text(key) : absent;
  }

  /** One of a few words. */
  String oneOf(String key, String absent, List<String> supported) throws HuggingFaceException {
    String found = text(key, absent);
    require(
        folder, supported.contains(found), "%s is %s, expected one of %s", key, found, supported);
    return found;
  }

  /** A size, at least 1. */
  int size(String key) throws HuggingFaceException {
    require(folder, present(key), "%s has no %s", file, key);
    JsonNode value = json.path(key);
    require(
        folder,
        value.isInt() && value.asInt() > 0 && value.asInt() <= MAX_SIZE,
        "%s is %s, expected 1 to %d",
        key,
        value,
        MAX_SIZE);
    return value.asInt();
  }

  int size(String key, int absent) throws HuggingFaceException {
    return present(key) ? size(key) : absent;
  }

  /** A token's id, below the vocabulary. */
  int token(String key, int absent, int vocabulary) throws HuggingFaceException {
    JsonNode value = json.path(key);
    int token = present(key) ? value.asInt(-1) : absent;
    require(folder, token >= 0 && token < vocabulary, "%s is %s, expected a token", key, value);
    return token;
  }

  double number(String key, double absent) throws HuggingFaceException {
    require(folder, !present(key) || json.path(key).isNumber(), "%s is no number", key);
    return present(key) ? json.path(key).asDouble() : absent;
  }

  boolean flag(String key, boolean absent) throws HuggingFaceException {
    require(
        folder, !present(key) || json.path(key).isBoolean(), "%s is neither true nor false", key);
    return present(key) ? json.path(key).asBoolean() : absent;
  }

  boolean present(String key) {
    return !json.path(key).isMissingNode() && !json.path(key).isNull();
  }
}

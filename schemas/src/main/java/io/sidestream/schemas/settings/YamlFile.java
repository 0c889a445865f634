package io.sidestream.schemas.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A YAML file as flat keys: nested names are joined by dots, lists by commas. */
final class YamlFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private YamlFile() {}

  static Map<String, String> read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw mistake("settings file %s cannot be read: %s".formatted(file, e));
    }
  }

  /** A resource beside a class. */
  static Map<String, String> read(Class<?> beside, String name) {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> parse(String file, String text) {
    try {
      JsonNode root = YAML.readTree(text);
      Map<String, String> flat = new TreeMap<>();
      if (root != null && !root.isMissingNode() && !root.isNull()) {
        requireObject(file, root);
        flatten("", root, flat);
      }
      return flat;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw mistake(
          "%s line %d: %s"
              .formatted(file, location == null ? 0 : location.getLineNr(), firstLine(e)));
    }
  }

  private static void requireObject(String file, JsonNode root) {
    if (!root.isObject()) {
      throw mistake("%s holds no keys, expected lines of the form key: value".formatted(file));
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(key + ".", value, flat);
              } else if (!value.isNull()) {
                flat.put(key, scalar(value));
              }
            });
  }

  private static String scalar(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> elements = new ArrayList<>();
    value.forEach(element -> elements.add(element.asText()));
    return String.join(",", elements);
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("not YAML");
  }

  private static SettingsException mistake(String sentence) {
    return new SettingsException(List.of(sentence));
  }
}

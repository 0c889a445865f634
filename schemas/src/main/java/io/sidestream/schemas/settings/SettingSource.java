package io.sidestream.schemas.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A place that settings come from. */
@FunctionalInterface
interface SettingSource {
  String SYSTEM_PREFIX = "sidestream.";
  String ENVIRONMENT_PREFIX = "SIDESTREAM_";
  String FILE_SUFFIX = ".file";

  /** Variables of the launcher script and of the Compose file, which are no settings. */
  Set<String> LAUNCHER =
      Set.of(
          "SIDESTREAM_HOME",
          "SIDESTREAM_IMAGE",
          "SIDESTREAM_JAVA",
          "SIDESTREAM_JAVA_OPTS",
          "SIDESTREAM_OPTS");

  /** What is set here, by key; adds what is wrong to the mistakes. */
  Map<String, SettingValue> read(SettingsSchema schema, List<String> mistakes);

  static SettingSource of(Map<String, String> values, UnaryOperator<String> origin) {
    Map<String, SettingValue> set = new TreeMap<>();
    values.forEach(
        (key, text) -> set.put(key, new SettingValue(key, text, origin.apply(key), false)));
    return (schema, mistakes) -> set;
  }

  /** Java's system properties that begin with {@code sidestream.}. */
  static SettingSource system(Map<?, ?> properties) {
    Map<String, String> ours = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key instanceof String name && name.startsWith(SYSTEM_PREFIX)) {
            ours.put(name.substring(SYSTEM_PREFIX.length()), String.valueOf(value));
          }
        });
    return of(ours, key -> "-D" + SYSTEM_PREFIX + key);
  }

  /**
   * Environment variables: {@code SIDESTREAM_} and the key in upper case with underscores; with
   * {@code _FILE} added it names a file that holds the value.
   */
  static SettingSource environment(Map<String, String> variables) {
    return (schema, mistakes) -> {
      Map<String, SettingValue> set = new TreeMap<>();
      new TreeMap<>(variables)
          .forEach(
              (name, text) -> {
                if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !LAUNCHER.contains(name)
                    && !ServiceLinks.isOne(name, text)) {
                  SettingValue value = variable(name, text, schema, mistakes);
                  set.merge(value.key(), value, (direct, file) -> direct);
                }
              });
      return set;
    };
  }

  private static SettingValue variable(
      String name, String text, SettingsSchema schema, List<String> mistakes) {
    String key =
        name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    if (!key.endsWith(FILE_SUFFIX) || schema.definition().names().contains(key)) {
      return new SettingValue(key, text, name, false);
    }
    String secret = key.substring(0, key.length() - FILE_SUFFIX.length());
    try {
      String contents =
          schema.isForeign(secret) || !schema.declares(secret)
              ? ""
              : Files.readString(Path.of(text)).strip();
      return new SettingValue(secret, contents, name, true);
    } catch (IOException e) {
      mistakes.add("%s names %s, which cannot be read".formatted(name, text));
      return new SettingValue(secret, "", name, true);
    }
  }
}

package io.sidestream.schemas.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The four places that a setting can come from, the strongest last.
 *
 * @param file flat keys of the YAML file
 * @param environment the whole environment; a key's name there is {@code SIDESTREAM_} and the key
 *     in upper case with underscores; with {@code _FILE} added it names a file that holds the value
 * @param system keys given by {@code -Dsidestream.key=value}
 * @param commandLine keys given by options
 */
record SettingSources(
    Map<String, String> file,
    Map<String, String> environment,
    Map<String, String> system,
    Map<String, String> commandLine) {
  private static final String SYSTEM_PREFIX = "sidestream.";
  private static final String ENVIRONMENT_PREFIX = "SIDESTREAM_";
  private static final String FILE_SUFFIX = "_FILE";

  /** Variables of the launcher script, which are no settings. */
  private static final Set<String> LAUNCHER =
      Set.of("SIDESTREAM_HOME", "SIDESTREAM_JAVA", "SIDESTREAM_JAVA_OPTS", "SIDESTREAM_OPTS");

  static Map<String, String> prefixed(Map<?, ?> systemProperties) {
    Map<String, String> ours = new TreeMap<>();
    systemProperties.forEach(
        (key, value) -> {
          if (key instanceof String name && name.startsWith(SYSTEM_PREFIX)) {
            ours.put(name.substring(SYSTEM_PREFIX.length()), String.valueOf(value));
          }
        });
    return ours;
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(commandLine.get(key))
        .or(() -> Optional.ofNullable(system.get(key)))
        .or(() -> Optional.ofNullable(environment.get(variable(key))))
        .or(() -> secret(key))
        .or(() -> Optional.ofNullable(file.get(key)));
  }

  /** Everything set under a prefix whose keys are lower case words joined by dots. */
  Map<String, String> under(String prefix) {
    Set<String> keys = new TreeSet<>();
    for (Map<String, String> source : List.of(file, system, commandLine)) {
      keys.addAll(source.keySet());
    }
    for (String name : variables()) {
      String stem =
          name.endsWith(FILE_SUFFIX)
              ? name.substring(0, name.length() - FILE_SUFFIX.length())
              : name;
      keys.add(
          stem.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
    }
    return keys.stream()
        .filter(key -> key.startsWith(prefix) && find(key).isPresent())
        .collect(Collectors.toMap(key -> key, key -> find(key).orElseThrow()));
  }

  /** The names that are set and that none of these keys goes by, as they are written. */
  Set<String> names(Set<String> keys) {
    Set<String> names = new TreeSet<>(variables());
    for (String key : keys) {
      names.remove(variable(key));
      names.remove(variable(key) + FILE_SUFFIX);
    }
    for (Map<String, String> source : List.of(file, system, commandLine)) {
      source.keySet().stream().filter(key -> !keys.contains(key)).forEach(names::add);
    }
    return names;
  }

  private Set<String> variables() {
    return environment.keySet().stream()
        .filter(name -> name.startsWith(ENVIRONMENT_PREFIX) && !LAUNCHER.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private Optional<String> secret(String key) {
    return Optional.ofNullable(environment.get(variable(key) + FILE_SUFFIX))
        .map(name -> contents(variable(key) + FILE_SUFFIX, Path.of(name)));
  }

  private static String contents(String variable, Path secret) {
    try {
      return Files.readString(secret).strip();
    } catch (IOException e) {
      throw new SettingsException(
          List.of("%s names %s, which cannot be read".formatted(variable, secret)));
    }
  }
}

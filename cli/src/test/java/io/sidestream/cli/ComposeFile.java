package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Compose file with the values of {@code .env} in place of its variables. */
record ComposeFile(Map<String, Object> root) {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern MEBIBYTES = Pattern.compile("(\\d+)m");

  /** One service; merges are applied. */
  record Service(String name, Map<String, Object> keys) {
    boolean isOneShot() {
      return "no".equals(keys.get("restart"));
    }

    boolean isOurs() {
      return ComposeFile.text(keys.get("image")).startsWith("sidestream:");
    }

    String text(String key) {
      return ComposeFile.text(keys.get(key));
    }

    List<String> list(String key) {
      return ((List<?>) keys.getOrDefault(key, List.of())).stream().map(ComposeFile::text).toList();
    }

    Map<String, Object> map(String key) {
      return ComposeFile.map(keys.getOrDefault(key, Map.of()));
    }

    Map<String, String> environment() {
      Map<String, String> environment = new TreeMap<>();
      map("environment").forEach((name, value) -> environment.put(name, ComposeFile.text(value)));
      return environment;
    }

    long memoryMebibytes() {
      var limit = MEBIBYTES.matcher(text("mem_limit"));
      return limit.matches() ? Long.parseLong(limit.group(1)) : 0;
    }
  }

  /**
   * Reads a file at the top of the repository.
   *
   * @param more files whose values replace those of {@code .env}
   */
  static ComposeFile read(String file, String... more) {
    try {
      Properties variables = new Properties();
      for (String each : Stream.concat(Stream.of(".env"), Stream.of(more)).toList()) {
        try (Reader reader = Files.newBufferedReader(REPOSITORY.resolve(each))) {
          variables.load(reader);
        }
      }
      String text = Files.readString(REPOSITORY.resolve(file));
      String set =
          VARIABLE
              .matcher(text)
              .replaceAll(found -> declared(variables.getProperty(found.group(1)), found));
      return new ComposeFile(
          map(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(set)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String declared(String value, MatchResult found) {
    assertNotNull(value, found.group() + " is not in .env");
    return Matcher.quoteReplacement(value);
  }

  List<Service> services() {
    List<Service> services = new ArrayList<>();
    map(root.get("services")).forEach((name, keys) -> services.add(new Service(name, map(keys))));
    return services;
  }

  Service service(String name) {
    return services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Names of declared volumes. */
  List<String> volumes() {
    return List.copyOf(map(root.get("volumes")).keySet());
  }

  /** A declared secret. */
  Map<String, Object> secret(String name) {
    return map(map(root.get("secrets")).get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  private static String text(Object node) {
    return node == null ? "" : node.toString();
  }
}

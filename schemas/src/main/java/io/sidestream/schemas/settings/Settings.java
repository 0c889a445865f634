package io.sidestream.schemas.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What people set, by flat key: command line before {@code -D} before environment before file.
 * Mistakes are collected while a configuration record is read, and thrown together by {@link
 * #check}. One thread.
 */
public final class Settings {
  /** Where clients connect when nothing is set. */
  public static final String DEFAULT_BOOTSTRAP = "127.0.0.1:9092";

  /** The settings that go to Kafka's clients as they are. */
  public static final String KAFKA = "kafka.";

  /** What each process' own keys begin with: the other processes leave them alone. */
  public static final Set<String> PROCESSES =
      Set.of("ingest.", "trainer.", "index.", "standalone.");

  /** Keys that every process may read. */
  public static final Set<String> SHARED = Set.of("catalogue", "generations.dir");

  private final SettingSources sources;
  private final Set<String> read = new HashSet<>(SHARED);
  private final List<String> mistakes = new ArrayList<>();

  private Settings(SettingSources sources) {
    this.sources = sources;
  }

  /** Settings from all four places. */
  public static Settings load(
      Optional<Path> file,
      Map<String, String> environment,
      Map<?, ?> systemProperties,
      Map<String, String> commandLine) {
    return new Settings(
        new SettingSources(
            file.map(YamlFile::read).orElse(Map.of()),
            environment,
            SettingSources.prefixed(systemProperties),
            commandLine));
  }

  /** Settings given outright. */
  public static Settings of(Map<String, String> values) {
    return new Settings(new SettingSources(Map.of(), Map.of(), Map.of(), values));
  }

  public String string(String key, String otherwise) {
    return read(key, otherwise, Function.identity(), "text");
  }

  /** A text without which nothing works: its absence is a mistake. */
  public String requiredString(String key) {
    if (find(key).isEmpty()) {
      mistakes.add(key + " is not set, expected a value");
    }
    return string(key, "");
  }

  public int integer(String key, int otherwise, int least, int most) {
    int value = read(key, otherwise, Integer::valueOf, "a whole number");
    return inRange(key, value, otherwise, least, most);
  }

  public long number(String key, long otherwise, long least, long most) {
    long value = read(key, otherwise, Long::valueOf, "a whole number");
    return inRange(key, value, otherwise, least, most);
  }

  public double real(String key, double otherwise, double least, double most) {
    double value = read(key, otherwise, Double::valueOf, "a number");
    return inRange(key, value, otherwise, least, most);
  }

  /** For example {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 7d}, {@code PT5S}. */
  public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    Duration value = read(key, otherwise, Durations::parse, "a duration such as 5s");
    return inRange(key, value, otherwise, least, most);
  }

  public Path path(String key, Path otherwise) {
    return read(key, otherwise, Path::of, "a path");
  }

  public boolean flag(String key, boolean otherwise) {
    return read(key, otherwise, Settings::parseFlag, "true or false");
  }

  /** A constant of an enum, written in lower case with hyphens, or as it is in Java. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    String names =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(Settings::written).toList());
    return read(
        key,
        otherwise,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
        "one of " + names);
  }

  /** A list, its elements separated by commas, blanks around them dropped. */
  public List<String> list(String key, List<String> otherwise) {
    return read(
        key,
        otherwise,
        text ->
            Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList(),
        "a list separated by commas");
  }

  /** Notes a mistake that the configuration found itself, such as two settings at odds. */
  public void mistake(String sentence) {
    mistakes.add(sentence);
  }

  /**
   * Settings for Kafka's clients: every key that begins with {@code kafka.}, without it; {@code
   * bootstrap.servers} always.
   */
  public Map<String, Object> kafka() {
    Map<String, Object> clients = new TreeMap<>();
    clients.put("bootstrap.servers", DEFAULT_BOOTSTRAP);
    sources.under(KAFKA).forEach((key, value) -> clients.put(key.substring(KAFKA.length()), value));
    return clients;
  }

  /**
   * Throws if any mistake was found, or any key is set that nobody read. Keys of other processes
   * are left alone.
   *
   * @param process what this process' own keys begin with, for example {@code trainer.}
   * @throws SettingsException with every mistake
   */
  public void check(String process) {
    List<String> found = new ArrayList<>(mistakes);
    for (String key : unknown(process)) {
      found.add(key + " is set, but there is no such setting");
    }
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }

  private Set<String> unknown(String process) {
    Set<String> unknown = new TreeSet<>();
    for (String key : sources.names(read)) {
      String lower = key.toLowerCase(Locale.ROOT).replace("sidestream_", "").replace('_', '.');
      boolean foreign =
          PROCESSES.stream().anyMatch(other -> !other.equals(process) && lower.startsWith(other));
      if (!foreign && !lower.startsWith(KAFKA)) {
        unknown.add(key);
      }
    }
    return unknown;
  }

  private Optional<String> find(String key) {
    read.add(key);
    return sources.find(key);
  }

  private <T> T read(String key, T otherwise, Function<String, T> parser, String expected) {
    Optional<String> text = find(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return parser.apply(text.get().strip());
    } catch (IllegalArgumentException e) {
      mistakes.add("%s is \"%s\", expected %s".formatted(key, text.get(), expected));
      return otherwise;
    }
  }

  private <T extends Comparable<T>> T inRange(String key, T value, T otherwise, T least, T most) {
    if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
      return value;
    }
    mistakes.add("%s is %s, expected %s to %s".formatted(key, value, least, most));
    return otherwise;
  }

  private static Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package io.sidestream.schemas.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Declarations of settings on Kafka's {@link ConfigDef}: each key once, with type, default, valid
 * values and documentation. Filled while a class is initialized, read only afterwards.
 */
public final class SettingsSchema {
  /** What the keys of each process begin with: other processes leave them alone. */
  private static final Set<String> PROCESSES = Set.of("ingest.", "trainer.", "index.", "gateway.");

  /** Kafka's own open-ended names, which no client declares. */
  private static final List<String> UNDECLARED_BY_KAFKA =
      List.of("config.providers.", "metrics.context.");

  private record NumberRange(double min, double max, String text) implements Validator {
    @Override
    public void ensureValid(String name, Object value) {
      if (value instanceof Number number
          && !(number.doubleValue() >= min && number.doubleValue() <= max)) {
        throw new ConfigException(name, value, "expected " + text);
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private record DurationRange(String min, String max) implements Validator {
    @Override
    public void ensureValid(String name, Object value) {
      if (value != null && !contains(String.valueOf(value))) {
        throw new ConfigException(name, value, "expected a duration of " + this);
      }
    }

    private boolean contains(String text) {
      try {
        Duration duration = Durations.parse(text);
        return duration.compareTo(Durations.parse(min)) >= 0
            && duration.compareTo(Durations.parse(max)) <= 0;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return min + " to " + max;
    }
  }

  private record Choice(List<String> names) implements Validator {
    @Override
    public void ensureValid(String name, Object value) {
      if (!names.contains(written(String.valueOf(value)))) {
        throw new ConfigException(name, value, "expected " + this);
      }
    }

    @Override
    public String toString() {
      return String.join(" or ", names);
    }
  }

  /** A key of Kafka's own, checked as Kafka does; kept as text. */
  private record KafkaValue(ConfigKey key) implements Validator {
    @Override
    public void ensureValid(String name, Object value) {
      if (value instanceof String text && !text.contains("${")) {
        Object parsed = ConfigDef.parseType(name, text, key.type);
        if (key.validator != null) {
          key.validator.ensureValid(name, parsed);
        }
      }
    }
  }

  private final ConfigDef definition = new ConfigDef();
  private final Set<String> foreign = new TreeSet<>(PROCESSES);
  private final Map<String, String> kafkaPrefixes = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
  private String profileKey = "";

  /**
   * Declares nothing yet.
   *
   * @param processes whose keys are declared here, for example {@code trainer}; of keys that begin
   *     with another process' name nothing is said
   */
  public SettingsSchema(String... processes) {
    for (String process : processes) {
      foreign.remove(process + ".");
    }
  }

  /** Adds the declarations of others; a key that is declared already keeps its declaration. */
  public SettingsSchema include(SettingsSchema... others) {
    for (SettingsSchema other : others) {
      other.definition.configKeys().values().stream()
          .filter(key -> !definition.names().contains(key.name))
          .forEach(definition::define);
      foreign.retainAll(other.foreign);
      kafkaPrefixes.putAll(other.kafkaPrefixes);
      if (!other.profiles.isEmpty()) {
        profileKey = other.profileKey;
        profiles.putAll(other.profiles);
      }
    }
    return this;
  }

  public SettingsSchema text(String key, String otherwise, String documentation) {
    return define(key, Type.STRING, otherwise, null, documentation);
  }

  /** A text that is never shown, and may be left out. */
  public SettingsSchema secret(String key, String documentation) {
    return define(key, Type.PASSWORD, null, null, documentation);
  }

  public SettingsSchema path(String key, String otherwise, String documentation) {
    return define(key, Type.STRING, otherwise, null, documentation);
  }

  public SettingsSchema flag(String key, boolean otherwise, String documentation) {
    return define(key, Type.BOOLEAN, otherwise, null, documentation);
  }

  /** Elements separated by commas. */
  public SettingsSchema list(String key, String documentation) {
    return define(key, Type.LIST, List.of(), null, documentation);
  }

  public SettingsSchema integer(String key, int otherwise, int min, int max, String documentation) {
    return define(key, Type.INT, otherwise, range(min, max), documentation);
  }

  /** Without a default: each profile has a value. */
  public SettingsSchema integer(String key, int min, int max, String documentation) {
    return define(key, Type.INT, ConfigDef.NO_DEFAULT_VALUE, range(min, max), documentation);
  }

  public SettingsSchema number(
      String key, long otherwise, long min, long max, String documentation) {
    return define(key, Type.LONG, otherwise, range(min, max), documentation);
  }

  public SettingsSchema real(
      String key, double otherwise, double min, double max, String documentation) {
    return define(key, Type.DOUBLE, otherwise, range(min, max), documentation);
  }

  /** Without a default: each profile has a value. */
  public SettingsSchema real(String key, double min, double max, String documentation) {
    return define(key, Type.DOUBLE, ConfigDef.NO_DEFAULT_VALUE, range(min, max), documentation);
  }

  /** For example {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 7d}, {@code PT5S}. */
  public SettingsSchema duration(
      String key, String otherwise, String min, String max, String documentation) {
    return define(key, Type.STRING, otherwise, new DurationRange(min, max), documentation);
  }

  /** A duration that may be left out. */
  public SettingsSchema duration(String key, String min, String max, String documentation) {
    return define(key, Type.STRING, null, new DurationRange(min, max), documentation);
  }

  /** A constant of an enum, written in lower case with hyphens, or as it is in Java. */
  public <E extends Enum<E>> SettingsSchema choice(
      String key, Class<E> type, E otherwise, String documentation) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(SettingsSchema::name).toList();
    return define(key, Type.STRING, name(otherwise), new Choice(names), documentation);
  }

  /**
   * A choice of files of defaults: {@code quick} is {@code quick.yaml} beside the enum's class.
   * What such a file leaves out has the default that is declared.
   */
  public <E extends Enum<E>> SettingsSchema profiles(
      String key, Class<E> type, E otherwise, String documentation) {
    profileKey = key;
    for (E profile : type.getEnumConstants()) {
      profiles.put(name(profile), YamlFile.read(type, name(profile) + ".yaml"));
    }
    return choice(key, type, otherwise, documentation);
  }

  /**
   * Kafka's own keys after a prefix, passed on as they are. Of keys in several definitions the
   * first counts.
   */
  public SettingsSchema kafka(String prefix, String documentation, ConfigDef... clients) {
    kafkaPrefixes.put(prefix, documentation);
    for (ConfigDef client : clients) {
      for (ConfigKey key : client.configKeys().values()) {
        String name = prefix + key.name;
        if (!definition.names().contains(name)) {
          Type type = key.type == Type.PASSWORD ? Type.PASSWORD : Type.STRING;
          define(name, type, null, new KafkaValue(key), key.documentation);
        }
      }
    }
    return this;
  }

  private SettingsSchema define(
      String key,
      Type type,
      @Nullable Object otherwise,
      @Nullable Validator validator,
      String documentation) {
    definition.define(key, type, otherwise, validator, Importance.MEDIUM, documentation);
    return this;
  }

  private static NumberRange range(Number min, Number max) {
    String text = "%s to %s".formatted(min, max);
    return new NumberRange(min.doubleValue(), max.doubleValue(), text);
  }

  /** The declarations as Kafka keeps them, in the order in which they were made. */
  public ConfigDef definition() {
    return definition;
  }

  /** Prefix of Kafka's own keys → documentation. */
  public Map<String, String> kafkaPrefixes() {
    return Map.copyOf(kafkaPrefixes);
  }

  /** Profile → value by key. */
  public Map<String, Map<String, String>> profiles() {
    return new LinkedHashMap<>(profiles);
  }

  /** Keys that a profile or a user can set here, without the choice of a profile. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(definition.names());
    keys.remove(profileKey);
    return keys;
  }

  String profileKey() {
    return profileKey;
  }

  boolean declares(String key) {
    return definition.names().contains(key)
        || kafkaPrefixes.keySet().stream()
            .anyMatch(
                prefix -> UNDECLARED_BY_KAFKA.stream().anyMatch(s -> key.startsWith(prefix + s)));
  }

  boolean isForeign(String key) {
    return !declares(key) && foreign.stream().anyMatch(key::startsWith);
  }

  boolean isSecret(String key) {
    ConfigKey declared = definition.configKeys().get(key);
    return declared == null || declared.type == Type.PASSWORD;
  }

  Optional<String> nearest(String key) {
    return NearestName.of(key, definition.names());
  }

  private static String name(Enum<?> constant) {
    return written(constant.name());
  }

  static String written(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

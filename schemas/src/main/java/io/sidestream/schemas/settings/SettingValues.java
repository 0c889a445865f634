package io.sidestream.schemas.settings;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/**
 * The values of a schema's keys. In place of one that is mistaken stands its default, so that all
 * mistakes can be found before any is reported.
 */
public final class SettingValues {
  private static final String DEFAULT = "default";

  private final SettingsSchema schema;
  private final Settings settings;
  private final Map<String, SettingValue> set;
  private final Map<String, Object> parsed;
  private final List<String> mistakes;

  private SettingValues(
      SettingsSchema schema,
      Settings settings,
      Map<String, SettingValue> set,
      Map<String, Object> parsed,
      List<String> mistakes) {
    this.schema = schema;
    this.settings = settings;
    this.set = set;
    this.parsed = parsed;
    this.mistakes = List.copyOf(mistakes);
  }

  static SettingValues resolve(SettingsSchema schema, Settings settings) {
    List<String> mistakes = new ArrayList<>();
    Map<String, SettingValue> set = new TreeMap<>();
    for (SettingSource source : settings.sources()) {
      set.putAll(source.read(schema, mistakes));
    }
    Map<String, SettingValue> profile = profile(schema, set);
    profile.forEach(set::putIfAbsent);
    ConfigDef definition = schema.definition();
    for (SettingValue value : List.copyOf(set.values())) {
      if (!schema.declares(value.key())) {
        set.remove(value.key());
        if (!schema.isForeign(value.key())) {
          mistakes.add(unknown(schema, value));
        }
      }
    }
    for (ConfigValue checked : definition.validate(texts(definition, set))) {
      SettingValue mistaken = set.get(checked.name());
      if (mistaken != null && !checked.errorMessages().isEmpty()) {
        mistakes.add(checked.errorMessages().get(0) + " (from " + mistaken.origin() + ")");
        set.remove(mistaken.key());
        Optional.ofNullable(profile.get(mistaken.key())).ifPresent(v -> set.put(v.key(), v));
      }
    }
    Map<String, Object> parsed = definition.parse(texts(definition, set));
    return new SettingValues(schema, settings, set, parsed, mistakes);
  }

  private static Map<String, SettingValue> profile(
      SettingsSchema schema, Map<String, SettingValue> set) {
    if (schema.profiles().isEmpty()) {
      return Map.of();
    }
    String usual =
        requireNonNull(schema.definition().defaultValues().get(schema.profileKey())).toString();
    SettingValue chosen = set.get(schema.profileKey());
    String name = chosen == null ? usual : SettingsSchema.written(chosen.text());
    Map<String, Map<String, String>> profiles = schema.profiles();
    return SettingSource.of(
            requireNonNull(profiles.containsKey(name) ? profiles.get(name) : profiles.get(usual)),
            key -> "profile " + name)
        .read(schema, new ArrayList<>());
  }

  private static Map<String, String> texts(ConfigDef definition, Map<String, SettingValue> set) {
    Map<String, String> texts = new HashMap<>();
    set.forEach((key, value) -> texts.put(key, value.text()));
    texts.keySet().retainAll(definition.names());
    return texts;
  }

  private static String unknown(SettingsSchema schema, SettingValue value) {
    String nearest = schema.nearest(value.key()).map(name -> "; nearest is " + name).orElse("");
    return "unknown setting %s (from %s)%s".formatted(value.key(), value.origin(), nearest);
  }

  public String text(String key) {
    return (String) value(key);
  }

  /** A secret, where it is set. */
  public Optional<String> secret(String key) {
    return Optional.ofNullable((Password) parsed.get(key)).map(Password::value);
  }

  public int integer(String key) {
    return (Integer) value(key);
  }

  public long number(String key) {
    return (Long) value(key);
  }

  public double real(String key) {
    return (Double) value(key);
  }

  public boolean flag(String key) {
    return (Boolean) value(key);
  }

  public Path path(String key) {
    return Path.of(text(key));
  }

  public Duration duration(String key) {
    return Durations.parse(text(key));
  }

  public Optional<Duration> optionalDuration(String key) {
    return Optional.ofNullable(parsed.get(key)).map(text -> Durations.parse(text.toString()));
  }

  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  public List<String> list(String key) {
    return ((List<?>) value(key)).stream().map(String::valueOf).filter(s -> !s.isBlank()).toList();
  }

  private Object value(String key) {
    Object value = parsed.get(key);
    if (value == null) {
      throw new IllegalStateException("setting " + key + " is not declared, or has no value");
    }
    return value;
  }

  /** Kafka's own settings that are set after these prefixes, without them; the last prefix wins. */
  public Map<String, Object> kafka(String... prefixes) {
    Map<String, Object> clients = new TreeMap<>();
    for (String prefix : prefixes) {
      parsed.forEach((key, value) -> putKafka(clients, prefix, key, value));
      set.forEach(
          (key, value) -> {
            if (!parsed.containsKey(key)) {
              putKafka(clients, prefix, key, value.text());
            }
          });
    }
    return clients;
  }

  private static void putKafka(
      Map<String, Object> clients, String prefix, String key, Object value) {
    if (key.startsWith(prefix) && value != null) {
      Object text = value instanceof Password secret ? secret.value() : value;
      clients.put(key.substring(prefix.length()), text);
    }
  }

  /** The values that some schema declares as text, the choice of a profile apart. */
  public Map<String, String> asText(SettingsSchema declared) {
    Map<String, String> texts = new TreeMap<>();
    for (String key : declared.keys()) {
      texts.put(key, text(requireNonNull(schema.definition().configKeys().get(key))));
    }
    return texts;
  }

  private String text(ConfigKey key) {
    return ConfigDef.convertToString(parsed.get(key.name), key.type);
  }

  /** Every value with its origin, in the order of the declarations; secrets are masked. */
  public List<SettingValue> effective() {
    List<SettingValue> effective = new ArrayList<>();
    for (ConfigKey key : schema.definition().configKeys().values()) {
      if (parsed.get(key.name) != null) {
        SettingValue given =
            set.getOrDefault(key.name, new SettingValue(key.name, "", DEFAULT, false));
        boolean secret = given.secret() || schema.isSecret(key.name);
        effective.add(new SettingValue(key.name, text(key), given.origin(), secret).masked());
      }
    }
    set.values().stream()
        .filter(value -> !parsed.containsKey(value.key()))
        .map(value -> new SettingValue(value.key(), "", value.origin(), true).masked())
        .forEach(effective::add);
    return effective;
  }

  public List<String> mistakes() {
    return mistakes;
  }

  /** These values but for some, given by key. */
  public SettingValues with(Map<String, String> overrides) {
    return settings.under(overrides).values(schema);
  }

  /**
   * What a constructor makes of these values.
   *
   * @throws SettingsException with the mistakes in these values and those that the constructor
   *     finds
   */
  public <T> T build(Function<SettingValues, T> constructor) {
    List<String> found = new ArrayList<>(mistakes);
    try {
      T built = constructor.apply(this);
      if (found.isEmpty()) {
        return built;
      }
    } catch (IllegalArgumentException e) {
      found.addAll(SettingsException.mistakes(e));
    }
    throw new SettingsException(found);
  }
}

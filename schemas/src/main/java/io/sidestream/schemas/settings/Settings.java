package io.sidestream.schemas.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What users set, by flat key: command line before {@code -D} before environment before file before
 * defaults of the command. Immutable.
 */
public final class Settings {
  private final List<SettingSource> sources; // the weakest first

  Settings(List<SettingSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Settings from all four places. */
  public static Settings load(
      Optional<Path> file,
      Map<String, String> environment,
      Map<?, ?> systemProperties,
      Map<String, String> commandLine) {
    return new Settings(
        List.of(
            SettingSource.of(file.map(YamlFile::read).orElse(Map.of()), key -> "" + file.get()),
            SettingSource.environment(environment),
            SettingSource.system(systemProperties),
            SettingSource.of(commandLine, key -> "command line")));
  }

  /** Settings given outright. */
  public static Settings of(Map<String, String> values) {
    return new Settings(List.of(SettingSource.of(values, key -> "command line")));
  }

  /** These settings, and below all of them others that only a declared default is weaker than. */
  public Settings over(String origin, Map<String, String> defaults) {
    List<SettingSource> all = new ArrayList<>();
    all.add(SettingSource.of(defaults, key -> origin));
    all.addAll(sources);
    return new Settings(all);
  }

  /** These settings, and above all of them others. */
  Settings under(Map<String, String> overrides) {
    List<SettingSource> all = new ArrayList<>(sources);
    all.add(SettingSource.of(overrides, key -> "override"));
    return new Settings(all);
  }

  List<SettingSource> sources() {
    return sources;
  }

  /** The values of a schema's keys, with every mistake noted in them. */
  public SettingValues values(SettingsSchema schema) {
    return SettingValues.resolve(schema, this);
  }

  /**
   * What a constructor makes of the values of a schema's keys.
   *
   * @throws SettingsException with every mistake: wrong values, unknown keys, and what the
   *     constructor refuses
   */
  public <T> T read(SettingsSchema schema, Function<SettingValues, T> constructor) {
    return values(schema).build(constructor);
  }
}

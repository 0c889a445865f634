package io.sidestream.cli;

import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where settings come from: a file, the environment, and the command line, the last one winning.
 */
final class SettingsOption {
  @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with settings.")
  Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "One setting, as the READMEs of the modules list them; may be given several times.")
  Map<String, String> set = new LinkedHashMap<>();

  /** Whether one of the options is given. */
  boolean isGiven() {
    return config != null || !set.isEmpty();
  }

  /**
   * All settings.
   *
   * @param derived those that follow from other options; {@code --set} wins over them
   */
  Settings settings(Map<String, String> derived) {
    Map<String, String> given = new HashMap<>(derived);
    given.putAll(set);
    return Settings.load(
        Optional.ofNullable(config), System.getenv(), System.getProperties(), given);
  }
}

package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.gateway.GatewayConfig;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * Holds the READMEs' tables of settings to the declarations. With {@code -Dsettings.write=true} the
 * test writes the tables.
 */
class SettingsTablesTest {
  private static final int MAX_LINE = 139;
  private static final Map<String, SettingsSchema> TABLES =
      Map.of(
          "cli", SharedSettings.SCHEMA,
          "stream-ingest", IngestConfig.SCHEMA,
          "trainer", TrainerConfig.SCHEMA,
          "stream-index", IndexConfig.SCHEMA,
          "gateway", GatewayConfig.SCHEMA);

  @Test
  void readmes_tablesOfSettings_areCurrent() throws IOException {
    for (var table : TABLES.entrySet()) {
      Path readme = Path.of("..", table.getKey(), "README.md");
      String before = Files.readString(readme);
      String after = replaced(before, table.getKey(), table(table.getValue()));
      if (Boolean.getBoolean("settings.write")) {
        Files.writeString(readme, after);
      }
      assertEquals(
          after,
          Files.readString(readme),
          readme
              + " is stale; write it with: mvn -pl cli -am test -Dtest=SettingsTablesTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true");
    }
  }

  private static String replaced(String readme, String name, String table) {
    String begin = "<!-- settings:begin " + name + " -->\n";
    String end = "<!-- settings:end -->";
    assertTrue(readme.contains(begin) && readme.contains(end), name + " has no markers");
    return readme.substring(0, readme.indexOf(begin) + begin.length())
        + table
        + readme.substring(readme.indexOf(end));
  }

  private static String table(SettingsSchema schema) {
    Map<String, Map<String, String>> profiles = schema.profiles();
    String defaults = profiles.isEmpty() ? "default" : String.join(" / ", profiles.keySet());
    String rows =
        schema.definition().configKeys().values().stream()
            .filter(key -> !isKafkas(schema, key))
            .map(key -> row(key.name, defaults(schema, key), values(key), key.documentation))
            .collect(Collectors.joining());
    return row("setting", defaults, "values", "meaning").replace("`", "")
        + "|---|---|---|---|\n"
        + rows
        + new TreeMap<>(schema.kafkaPrefixes())
            .entrySet().stream()
                .filter(prefix -> !prefix.getValue().isEmpty())
                .map(prefix -> row(prefix.getKey() + "*", "", "", prefix.getValue()))
                .collect(Collectors.joining());
  }

  private static boolean isKafkas(SettingsSchema schema, ConfigKey key) {
    return key.defaultValue == null
        && schema.kafkaPrefixes().keySet().stream().anyMatch(key.name::startsWith);
  }

  private static String defaults(SettingsSchema schema, ConfigKey key) {
    return key.hasDefault()
        ? text(key.defaultValue)
        : schema.profiles().values().stream()
            .map(profile -> text(profile.get(key.name)))
            .distinct()
            .collect(Collectors.joining(" / "));
  }

  private static String text(Object value) {
    return value == null || value.equals(List.of()) ? "" : value.toString();
  }

  private static String values(ConfigKey key) {
    return key.validator == null ? "" : key.validator.toString();
  }

  private static String row(String key, String defaults, String values, String meaning) {
    String row = "| `%s` | %s | %s | %s |\n".formatted(key, defaults, values, meaning);
    assertTrue(row.length() <= MAX_LINE, "too long: " + row);
    return row;
  }
}

package io.sidestream.schemas.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private enum Colour {
    DEEP_RED,
    BLUE
  }

  private static final SettingsSchema SCHEMA =
      new SettingsSchema("trainer")
          .include(SharedSettings.SCHEMA)
          .integer("trainer.steps", 1, 1, 10, "")
          .number("trainer.events", 0, 0, Long.MAX_VALUE, "")
          .real("trainer.rate", 0.1, 0, 1, "")
          .duration("trainer.age", "1s", "0s", "1d", "")
          .duration("trainer.grace", "0s", "1d", "")
          .path("trainer.dir", "work", "")
          .flag("trainer.on", false, "")
          .choice("trainer.colour", Colour.class, Colour.BLUE, "")
          .list("trainer.names", "")
          .text("trainer.key", "none", "");

  @TempDir Path folder;

  @Test
  void load_sameKeyEverywhere_takesTheStrongestPlace() throws Exception {
    Path file = yaml("trainer:\n  key: file\n  dir: file\n  steps: 2\n  names: [a, b]\n");
    Map<String, String> environment =
        Map.of("SIDESTREAM_TRAINER_KEY", "env", "SIDESTREAM_TRAINER_STEPS", "3", "PATH", "/bin");
    Map<String, String> system = Map.of("sidestream.trainer.steps", "4", "java.home", "/jdk");
    SettingValues values =
        Settings.load(Optional.of(file), environment, system, Map.of("trainer.rate", "0.5"))
            .over("--work", Map.of("trainer.dir", "weak", "trainer.age", "2s"))
            .values(SCHEMA);

    assertEquals(List.of(), values.mistakes());
    assertEquals("env", values.text("trainer.key"));
    assertEquals(4, values.integer("trainer.steps"));
    assertEquals(0.5, values.real("trainer.rate"));
    assertEquals(
        Map.of(
            "trainer.names", file.toString(),
            "trainer.dir", file.toString(),
            "trainer.key", "SIDESTREAM_TRAINER_KEY",
            "trainer.steps", "-Dsidestream.trainer.steps",
            "trainer.rate", "command line",
            "trainer.age", "--work",
            "trainer.on", "default"),
        Map.of(
            "trainer.names", origin(values, "trainer.names"),
            "trainer.dir", origin(values, "trainer.dir"),
            "trainer.key", origin(values, "trainer.key"),
            "trainer.steps", origin(values, "trainer.steps"),
            "trainer.rate", origin(values, "trainer.rate"),
            "trainer.age", origin(values, "trainer.age"),
            "trainer.on", origin(values, "trainer.on")));
  }

  @Test
  void values_everyType_isParsed() {
    SettingValues values =
        values(
            Map.of(
                "trainer.steps", "7",
                "trainer.events", "8000000000",
                "trainer.rate", "0.5",
                "trainer.age", "250ms",
                "trainer.dir", "/tmp/x",
                "trainer.on", "true",
                "trainer.colour", "deep-red",
                "trainer.names", "a, b,,c"));

    assertEquals(List.of(), values.mistakes());
    assertEquals(7, values.integer("trainer.steps"));
    assertEquals(8_000_000_000L, values.number("trainer.events"));
    assertEquals(0.5, values.real("trainer.rate"));
    assertEquals(Duration.ofMillis(250), values.duration("trainer.age"));
    assertEquals(Optional.empty(), values.optionalDuration("trainer.grace"));
    assertEquals(Path.of("/tmp/x"), values.path("trainer.dir"));
    assertTrue(values.flag("trainer.on"));
    assertEquals(Colour.DEEP_RED, values.choice("trainer.colour", Colour.class));
    assertEquals(List.of("a", "b", "c"), values.list("trainer.names"));
    assertEquals(
        Colour.DEEP_RED,
        values(Map.of("trainer.colour", "DEEP_RED")).choice("trainer.colour", Colour.class));
  }

  @Test
  void read_manyMistakes_areReportedAtOnce() {
    Settings settings =
        Settings.of(
            Map.of(
                "trainer.steps", "many",
                "trainer.rate", "NaN",
                "trainer.age", "5 parsecs",
                "trainer.grace", "2d",
                "trainer.colour", "green",
                "trainer.on", "yes",
                "trainer.stepps", "1",
                "kafka.securty.protocol", "SSL"));

    SettingsException e =
        assertThrows(
            SettingsException.class,
            () ->
                settings.read(
                    SCHEMA,
                    values -> {
                      throw new IllegalArgumentException("steps do not divide");
                    }));

    assertEquals(9, e.mistakes().size(), e.getMessage());
    for (String expected :
        List.of(
            "unknown setting trainer.stepps (from command line); nearest is trainer.steps",
            "unknown setting kafka.securty.protocol (from command line);"
                + " nearest is kafka.security.protocol",
            "Invalid value many for configuration trainer.steps: Not a number of type INT",
            "Invalid value NaN for configuration trainer.rate: expected 0.0 to 1.0",
            "trainer.age: expected a duration of 0s to 1d (from command line)",
            "trainer.grace: expected a duration of 0s to 1d",
            "trainer.colour: expected deep-red or blue",
            "trainer.on: Expected value to be either true or false",
            "steps do not divide")) {
      assertTrue(e.getMessage().contains(expected), expected + " in " + e.getMessage());
    }
    assertEquals(String.join("\n", e.mistakes()), e.getMessage());
  }

  @Test
  void mistakes_keysOfOtherProcesses_areLeftAlone() {
    Map<String, String> set = Map.of("index.port", "1", "kafka.acks", "all", "catalogue", "films");

    assertEquals(List.of(), values(set).mistakes());
    assertEquals(
        List.of("unknown setting index.port (from command line)"),
        Settings.of(set)
            .values(new SettingsSchema("index").include(SharedSettings.SCHEMA))
            .mistakes());
  }

  @Test
  void mistakes_unknownVariable_isNamedAsWritten() {
    SettingValues values =
        environment(
            Map.of(
                "SIDESTREAM_TRAINER_STEP", "1",
                "SIDESTREAM_TRAINER_STEP_FILE", "/nowhere",
                "SIDESTREAM_JAVA_OPTS", "-Xmx1g"));

    assertEquals(
        List.of(
            "unknown setting trainer.step (from SIDESTREAM_TRAINER_STEP);"
                + " nearest is trainer.steps"),
        values.mistakes());
  }

  @Test
  void kafka_ownKeys_arePassedOnAsTheyAre() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
    SettingValues values =
        Settings.load(
                Optional.of(yaml("kafka:\n  client.id: me\n  ssl:\n    protocol: TLSv1.3\n")),
                Map.of(
                    "SIDESTREAM_KAFKA_BOOTSTRAP_SERVERS",
                    "kafka:9092",
                    "SIDESTREAM_KAFKA_SASL_JAAS_CONFIG_FILE",
                    secret.toString()),
                Map.of("sidestream.kafka.config.providers.vault.param.token", "hunter3"),
                Map.of())
            .values(SCHEMA);

    assertEquals(List.of(), values.mistakes());
    assertEquals(
        Map.of(
            "bootstrap.servers", "kafka:9092",
            "client.id", "me",
            "ssl.protocol", "TLSv1.3",
            "sasl.jaas.config", "hunter2",
            "config.providers.vault.param.token", "hunter3"),
        values.kafka("kafka."));
    assertFalse(values.effective().toString().contains("hunter"), values.effective().toString());
    assertEquals(
        "SIDESTREAM_KAFKA_SASL_JAAS_CONFIG_FILE", origin(values, "kafka.sasl.jaas.config"));
  }

  @Test
  void kafka_nothingSet_isTheLocalBroker() {
    assertEquals(Map.of("bootstrap.servers", "127.0.0.1:9092"), values(Map.of()).kafka("kafka."));
  }

  @Test
  void kafka_valueThatKafkaRefuses_isRefused() {
    assertEquals(
        List.of(
            "Invalid value 5 for configuration kafka.acks:"
                + " String must be one of: all, -1, 0, 1 (from command line)",
            "Invalid value soon for configuration kafka.linger.ms:"
                + " Not a number of type LONG (from command line)"),
        values(Map.of("kafka.acks", "5", "kafka.linger.ms", "soon")).mistakes().stream()
            .sorted()
            .toList());
    assertEquals(List.of(), values(Map.of("kafka.linger.ms", "${file:/f:linger}")).mistakes());
  }

  @Test
  void environment_secretFile_isReadAndMasked() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
    SettingValues values = environment(Map.of("SIDESTREAM_TRAINER_KEY_FILE", secret.toString()));

    assertEquals("hunter2", values.text("trainer.key"));
    assertFalse(values.effective().toString().contains("hunter2"));
  }

  @Test
  void environment_secretFileThatIsNotThere_isNamed() {
    assertEquals(
        List.of("SIDESTREAM_TRAINER_KEY_FILE names /nowhere, which cannot be read"),
        environment(Map.of("SIDESTREAM_TRAINER_KEY_FILE", "/nowhere")).mistakes());
  }

  @Test
  void with_overrides_winAndAreChecked() {
    SettingValues values = values(Map.of("trainer.steps", "2"));

    assertEquals(3, values.with(Map.of("trainer.steps", "3")).integer("trainer.steps"));
    assertEquals(1, values.with(Map.of("trainer.stps", "3")).mistakes().size());
  }

  @Test
  void load_brokenYaml_namesFileAndLine() throws Exception {
    Path file = yaml("trainer:\n  steps: 3\n  steps: 4\n");

    SettingsException e = assertThrows(SettingsException.class, () -> load(file));

    assertTrue(e.getMessage().startsWith(file + " line 3: "), e.getMessage());
  }

  @Test
  void load_yamlWithoutKeys_isRefusedUnlessEmpty() throws Exception {
    Path list = yaml("- a\n- b\n");

    SettingsException e = assertThrows(SettingsException.class, () -> load(list));

    assertTrue(e.getMessage().contains("holds no keys"), e.getMessage());
    assertDoesNotThrow(() -> load(yaml("# nothing\n")));
  }

  @Test
  void duration_everyUnit_isUnderstood() {
    for (var text :
        Map.of(
                "5s", Duration.ofSeconds(5),
                "10m", Duration.ofMinutes(10),
                "1h", Duration.ofHours(1),
                "7d", Duration.ofDays(7),
                "PT1.5S", Duration.ofMillis(1_500))
            .entrySet()) {
      assertEquals(text.getValue(), Durations.parse(text.getKey()));
    }
  }

  private static SettingValues values(Map<String, String> set) {
    return Settings.of(set).values(SCHEMA);
  }

  private static SettingValues environment(Map<String, String> variables) {
    return Settings.load(Optional.empty(), variables, Map.of(), Map.of()).values(SCHEMA);
  }

  private static Settings load(Path file) {
    return Settings.load(Optional.of(file), Map.of(), Map.of(), Map.of());
  }

  private static String origin(SettingValues values, String key) {
    return values.effective().stream()
        .filter(value -> value.key().equals(key))
        .findAny()
        .orElseThrow()
        .origin();
  }

  private Path yaml(String text) throws Exception {
    return Files.writeString(folder.resolve("settings.yaml"), text);
  }
}

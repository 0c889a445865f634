package io.sidestream.schemas.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

  @TempDir Path folder;

  @Test
  void load_sameKeyEverywhere_takesTheStrongestPlace() throws Exception {
    Path file = yaml("trainer:\n  a: file\n  b: file\n  c: file\n  d: file\n");
    Map<String, String> environment =
        Map.of("SIDESTREAM_TRAINER_B", "env", "SIDESTREAM_TRAINER_C", "env", "PATH", "/bin");
    Map<String, String> system = Map.of("sidestream.trainer.c", "-D", "java.home", "/jdk");
    Settings settings =
        Settings.load(Optional.of(file), environment, system, Map.of("trainer.d", "command line"));

    assertEquals("file", settings.string("trainer.a", ""));
    assertEquals("env", settings.string("trainer.b", ""));
    assertEquals("-D", settings.string("trainer.c", ""));
    assertEquals("command line", settings.string("trainer.d", ""));
    assertEquals("built in", settings.string("trainer.e", "built in"));
    assertDoesNotThrow(() -> settings.check("trainer."));
  }

  @Test
  void readers_everyType_areParsed() {
    Settings settings =
        Settings.of(
            Map.of(
                "i",
                "7",
                "n",
                "8000000000",
                "r",
                "0.5",
                "d",
                "250ms",
                "p",
                "/tmp/x",
                "f",
                "true",
                "c",
                "deep-red",
                "l",
                "a, b,,c"));

    assertEquals(7, settings.integer("i", 0, 0, 10));
    assertEquals(8_000_000_000L, settings.number("n", 0, 0, Long.MAX_VALUE));
    assertEquals(0.5, settings.real("r", 0, 0, 1));
    assertEquals(
        Duration.ofMillis(250),
        settings.duration("d", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
    assertEquals(Path.of("/tmp/x"), settings.path("p", Path.of(".")));
    assertTrue(settings.flag("f", false));
    assertEquals(Colour.DEEP_RED, settings.choice("c", Colour.class, Colour.BLUE));
    assertEquals(List.of("a", "b", "c"), settings.list("l", List.of()));
    assertDoesNotThrow(() -> settings.check("trainer."));
  }

  @Test
  void check_manyMistakes_areReportedAtOnce() {
    Settings settings =
        Settings.of(
            Map.of(
                "trainer.steps", "many",
                "trainer.rate", "2.0",
                "trainer.age", "5 parsecs",
                "trainer.colour", "green",
                "trainer.on", "yes",
                "trainer.typo", "1"));
    settings.integer("trainer.steps", 1, 1, 10);
    settings.real("trainer.rate", 0.1, 0, 1);
    settings.duration("trainer.age", Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
    settings.choice("trainer.colour", Colour.class, Colour.BLUE);
    settings.flag("trainer.on", false);
    settings.requiredString("trainer.name");

    SettingsException e = assertThrows(SettingsException.class, () -> settings.check("trainer."));

    assertEquals(
        List.of(
            "trainer.steps is \"many\", expected a whole number",
            "trainer.rate is 2.0, expected 0.0 to 1.0",
            "trainer.age is \"5 parsecs\", expected a duration such as 5s",
            "trainer.colour is \"green\", expected one of deep-red, blue",
            "trainer.on is \"yes\", expected true or false",
            "trainer.name is not set, expected a value",
            "trainer.typo is set, but there is no such setting"),
        e.mistakes());
    assertEquals(String.join("\n", e.mistakes()), e.getMessage());
  }

  @Test
  void check_keysOfOtherProcesses_areLeftAlone() {
    Settings settings =
        Settings.of(Map.of("index.port", "1", "kafka.acks", "all", "catalogue", "films"));

    assertDoesNotThrow(() -> settings.check("trainer."));
    SettingsException e = assertThrows(SettingsException.class, () -> settings.check("index."));
    assertEquals(List.of("index.port is set, but there is no such setting"), e.mistakes());
  }

  @Test
  void check_unknownVariable_isNamedAsWritten() {
    Settings settings =
        Settings.load(
            Optional.empty(),
            Map.of("SIDESTREAM_TRAINER_TYPO", "1", "SIDESTREAM_JAVA_OPTS", "-Xmx1g"),
            Map.of(),
            Map.of());

    SettingsException e = assertThrows(SettingsException.class, () -> settings.check("trainer."));

    assertEquals(
        List.of("SIDESTREAM_TRAINER_TYPO is set, but there is no such setting"), e.mistakes());
  }

  @Test
  void kafka_rawKeys_passThrough() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
    Settings settings =
        Settings.load(
            Optional.of(yaml("kafka:\n  client.id: me\n  ssl:\n    protocol: TLSv1.3\n")),
            Map.of(
                "SIDESTREAM_KAFKA_BOOTSTRAP_SERVERS",
                "kafka:9092",
                "SIDESTREAM_KAFKA_SASL_JAAS_CONFIG_FILE",
                secret.toString()),
            Map.of(),
            Map.of());

    assertEquals(
        Map.of(
            "bootstrap.servers", "kafka:9092",
            "client.id", "me",
            "ssl.protocol", "TLSv1.3",
            "sasl.jaas.config", "hunter2"),
        settings.kafka());
    assertDoesNotThrow(() -> settings.check("trainer."));
  }

  @Test
  void kafka_nothingSet_isTheLocalBroker() {
    assertEquals(Map.of("bootstrap.servers", "127.0.0.1:9092"), Settings.of(Map.of()).kafka());
  }

  @Test
  void load_secretFileThatIsNotThere_isNamed() {
    Settings settings =
        Settings.load(
            Optional.empty(), Map.of("SIDESTREAM_INDEX_KEY_FILE", "/nowhere"), Map.of(), Map.of());

    SettingsException e =
        assertThrows(SettingsException.class, () -> settings.string("index.key", ""));
    assertEquals("SIDESTREAM_INDEX_KEY_FILE names /nowhere, which cannot be read", e.getMessage());
  }

  @Test
  void load_brokenYaml_namesFileAndLine() throws Exception {
    Path file = yaml("trainer:\n  steps: 3\n  steps: 4\n");

    SettingsException e =
        assertThrows(
            SettingsException.class,
            () -> Settings.load(Optional.of(file), Map.of(), Map.of(), Map.of()));

    assertTrue(e.getMessage().startsWith(file + " line 3: "), e.getMessage());
  }

  @Test
  void load_yamlWithoutKeys_isRefusedUnlessEmpty() throws Exception {
    Path list = yaml("- a\n- b\n");

    SettingsException e =
        assertThrows(
            SettingsException.class,
            () -> Settings.load(Optional.of(list), Map.of(), Map.of(), Map.of()));

    assertTrue(e.getMessage().contains("holds no keys"), e.getMessage());
    assertDoesNotThrow(
        () -> Settings.load(Optional.of(yaml("# nothing\n")), Map.of(), Map.of(), Map.of()));
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

  private Path yaml(String text) throws Exception {
    return Files.writeString(folder.resolve("settings.yaml"), text);
  }
}

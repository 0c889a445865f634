package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void check_nothingSet_isValid() {
    assertEquals(DONE, run("config", "check"), err.toString());
    assertEquals("settings are valid", out.toString().strip());
  }

  @Test
  void check_kafkasOwnKeyMistyped_isRefusedByNameWithTheNearest() {
    assertEquals(FAILED, run("config", "check", "--set", "kafka.securty.protocol=SSL"));
    assertEquals(
        "sidestream: unknown setting kafka.securty.protocol (from command line);"
            + " nearest is kafka.security.protocol",
        err.toString().strip());
  }

  @Test
  void check_keysOfKafkaStreams_areKnownForTheIndexAlone() {
    assertEquals(
        DONE,
        run(
            "config",
            "check",
            "--set",
            "index.kafka.num.standby.replicas=1",
            "--set",
            "index.kafka.main.consumer.fetch.min.bytes=2",
            "--set",
            "index.kafka.producer.linger.ms=1"),
        err.toString());
    assertEquals(FAILED, run("config", "check", "--set", "index.kafka.consumer.fetch.mn.bytes=2"));
    assertTrue(
        err.toString().contains("nearest is index.kafka.consumer.fetch.min.bytes"), err.toString());
  }

  @Test
  void check_mistakesOfSeveralProcesses_areReportedAtOnce() {
    assertEquals(
        FAILED,
        run(
            "config",
            "check",
            "--set",
            "ingest.parallelism=0",
            "--set",
            "trainer.generator.heads=5",
            "--set",
            "index.typo=1",
            "--set",
            "nonsense=1"));
    assertEquals(4, err.toString().lines().count(), err.toString());
  }

  @Tag("S5")
  @Test
  void show_json_hasValuesWithTheirOriginAndNoSecret() throws Exception {
    Path file = folder.resolve("sidestream.yaml");
    Files.writeString(
        file,
        """
        trainer.profile: full
        kafka:
          security.protocol: SASL_SSL
          sasl.jaas.config: hunter2
        index.dir: /indexes
        """);

    assertEquals(
        DONE,
        run(
            "config",
            "show",
            "--config",
            file.toString(),
            "--set",
            "trainer.seed=7",
            "--output",
            "json"),
        err.toString());

    Map<String, String> shown = new HashMap<>();
    for (JsonNode value : new ObjectMapper().readTree(out.toString())) {
      shown.put(
          value.get("key").asText(),
          value.get("value").asText() + " from " + value.get("origin").asText());
    }
    assertEquals("7 from command line", shown.get("trainer.seed"));
    assertEquals("48 from profile full", shown.get("trainer.generator.max.tokens"));
    assertEquals("/indexes from " + file, shown.get("index.dir"));
    assertEquals("10s from default", shown.get("index.swap.timeout"));
    assertEquals("SASL_SSL from " + file, shown.get("kafka.security.protocol"));
    assertEquals("******** from " + file, shown.get("kafka.sasl.jaas.config"));
    assertTrue(shown.get("trainer.dir").endsWith("from --work"), shown.get("trainer.dir"));
    assertFalse(out.toString().contains("hunter2"));
  }

  @Test
  void show_mistakes_areListedBesideTheValues() {
    assertEquals(FAILED, run("config", "show", "--set", "trainer.seed=many"));
    assertTrue(out.toString().lines().anyMatch(line -> line.matches("trainer\\.seed +1 +default")));
    assertTrue(err.toString().contains("trainer.seed: Not a number"), err.toString());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return SidestreamCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }
}

package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.cli.ComposeFile.Service;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Holds the Compose file to the settings, commands and versions that exist. */
class ComposeTest {
  private static final ComposeFile COMPOSE = ComposeFile.read("docker-compose.yml");
  private static final long MAX_MEBIBYTES = 8 * 1024;
  private static final Duration MIN_GRACE = Duration.ofSeconds(60);

  /** Command → what reads its settings, and fails on a mistake. */
  private static final Map<String, Consumer<Settings>> CONFIGURATIONS =
      Map.of(
          "ingest", IngestConfig::from,
          "train", TrainerConfig::from,
          "index", IndexConfig::from);

  @Test
  void environment_ofOurServices_isReadAsSettings() {
    for (Service service : ours()) {
      Settings settings =
          Settings.load(Optional.empty(), service.environment(), Map.of(), Map.of());
      String command = service.list("command").get(0);
      CONFIGURATIONS
          .getOrDefault(command, all -> all.read(SharedSettings.SCHEMA, values -> ""))
          .accept(settings);
      assertEquals(
          List.of(),
          service.environment().keySet().stream()
              .filter(name -> !name.startsWith("SIDESTREAM_"))
              .toList(),
          service.name());
    }
  }

  @Test
  void commands_ofOurServices_areCommands() {
    for (Service service : ours()) {
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      SidestreamCommand.commandLine(nowhere, nowhere)
          .parseArgs(service.list("command").toArray(String[]::new));
    }
  }

  @Test
  void services_allOfThem_areCheckedOrEnd() {
    for (Service service : COMPOSE.services()) {
      Map<String, Object> check = service.map("healthcheck");
      if (service.isOneShot()) {
        assertEquals(Map.of("disable", true), check, service.name());
      } else if (!service.isOurs()) { // ours have the check of the image
        assertTrue(check.containsKey("test"), service.name() + " has no health check");
      }
    }
  }

  @Test
  void dependencies_ofServices_waitForHealthOrEnd() {
    for (Service service : COMPOSE.services()) {
      service
          .map("depends_on")
          .forEach(
              (name, condition) ->
                  assertEquals(
                      Map.of(
                          "condition",
                          COMPOSE.service(name).isOneShot()
                              ? "service_completed_successfully"
                              : "service_healthy"),
                      condition,
                      service.name() + " on " + name));
    }
  }

  @Test
  void memory_ofAllServices_fitsTheLimit() {
    long sum = 0;
    for (Service service : COMPOSE.services()) {
      assertTrue(service.memoryMebibytes() > 0, service.name() + " has no limit in MiB");
      sum += service.memoryMebibytes();
    }
    assertTrue(sum <= MAX_MEBIBYTES, "limits sum up to " + sum + " MiB");
  }

  @Test
  void ports_published_areOnLoopbackAndDistinct() {
    Set<String> taken = new HashSet<>();
    for (Service service : COMPOSE.services()) {
      for (String port : service.list("ports")) {
        assertTrue(port.startsWith("127.0.0.1:"), service.name() + " publishes " + port);
        assertTrue(taken.add(port.split(":")[1]), port);
      }
    }
    assertEquals(List.of(), COMPOSE.service("index").list("ports"), "replicas share no port");
  }

  @Test
  void images_ofOthers_arePinnedToTheVersionsOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    for (Service service : COMPOSE.services()) {
      String image = service.text("image");
      assertTrue(image.matches("[\\w./-]+:[\\w.-]*\\d[\\w.-]*"), service.name() + ": " + image);
      assertFalse(image.contains("latest"), image);
    }
    String kafka = COMPOSE.service("kafka").text("image").split(":")[1];
    assertTrue(pom.contains("<kafka.version>" + kafka + "</kafka.version>"), kafka);
  }

  @Test
  void processes_ofOurs_cannotWriteToTheirRootAndStopInOrder() {
    for (Service service : ours()) {
      assertEquals("true", service.text("read_only"), service.name());
      assertFalse(service.keys().containsKey("container_name"), service.name());
      if (!service.isOneShot()) {
        Duration grace = Duration.parse("PT" + service.text("stop_grace_period"));
        assertTrue(grace.compareTo(MIN_GRACE) >= 0, service.name() + " stops within " + grace);
      }
    }
  }

  @Test
  void volumes_mounted_areDeclared() {
    Set<String> mounted = new HashSet<>();
    for (Service service : COMPOSE.services()) {
      for (String volume : service.list("volumes")) {
        if (!volume.startsWith("/") && !volume.startsWith(".")) {
          mounted.add(volume.split(":")[0]);
        }
      }
    }
    assertEquals(mounted, Set.copyOf(COMPOSE.volumes()));
  }

  private static List<Service> ours() {
    List<Service> ours = COMPOSE.services().stream().filter(Service::isOurs).toList();
    assertFalse(ours.isEmpty());
    return ours;
  }
}

package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.chaos.SmallTraining;
import io.sidestream.index.IndexConfig;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Holds the overlay of chaos to the Compose file under it, and to the settings of its processes.
 */
class ComposeChaosTest {
  private static final ComposeFile BASE = ComposeFile.read("docker-compose.yml");
  private static final ComposeFile OVERLAY = ComposeFile.read("docker-compose.chaos.yml");
  private static final int SAMPLE_EVENTS = 1_600;

  @Test
  void settings_ofTheOverlay_areThoseOfSmallTrainings() {
    Map<String, String> expected = new TreeMap<>();
    SmallTraining.requestedAfter(SAMPLE_EVENTS)
        .forEach(
            (key, value) -> {
              if (!key.endsWith(".admin.port")) {
                expected.put(variable(key), value);
              }
            });
    expected.put(variable("broker.timeout"), "10m");
    Map<String, String> found = new TreeMap<>(OVERLAY.service("trainer").environment());
    found.putAll(OVERLAY.service("ingest").environment());
    assertEquals(expected, found);
  }

  private static String variable(String key) {
    return "SIDESTREAM_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  @Test
  void services_ofTheOverlay_takeTheirSettings() {
    assertEquals(16, TrainerConfig.from(merged("trainer")).training().codebook().width());
    assertEquals(3_600, IndexConfig.from(merged("index")).limits().maxAge().toSeconds());
    assertEquals(Map.of("replicas", 2), OVERLAY.service("index").map("deploy"));
  }

  /** The settings of a service, as Compose merges them. */
  private static Settings merged(String name) {
    Map<String, String> environment = new HashMap<>(BASE.service(name).environment());
    environment.putAll(OVERLAY.service(name).environment());
    return Settings.load(Optional.empty(), environment, Map.of(), Map.of());
  }
}

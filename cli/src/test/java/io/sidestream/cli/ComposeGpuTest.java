package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.cli.ComposeFile.Service;
import io.sidestream.index.IndexConfig;
import io.sidestream.model.onnx.Device;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds the overlay of a GPU to the Compose file under it, the settings and the versions. */
class ComposeGpuTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final ComposeFile BASE = ComposeFile.read("docker-compose.yml");
  private static final ComposeFile OVERLAY = ComposeFile.read("docker-compose.gpu.yml");

  @Test
  void services_ofTheOverlay_computeOnCuda() {
    Settings trainer = merged("trainer");
    assertEquals(Device.CUDA, TrainerConfig.from(trainer).training().device());
    assertEquals(Device.CUDA, IndexConfig.from(merged("index")).device());
    assertEquals(
        List.of("trainer", "index"), OVERLAY.services().stream().map(Service::name).toList());
  }

  /** The settings of a service, as Compose merges them. */
  private static Settings merged(String name) {
    Map<String, String> environment = new HashMap<>(BASE.service(name).environment());
    environment.putAll(OVERLAY.service(name).environment());
    return Settings.load(Optional.empty(), environment, Map.of(), Map.of());
  }

  @Test
  void services_ofTheOverlay_reserveAGpuAndHaveTheImageOfCuda() {
    for (Service service : OVERLAY.services()) {
      String image = BASE.service(service.name()).text("image");
      assertEquals(image + "-cuda", service.text("image"));
      assertEquals(
          Map.of(
              "resources",
              Map.of(
                  "reservations",
                  Map.of(
                      "devices",
                      List.of(
                          Map.of(
                              "driver", "nvidia", "count", 1, "capabilities", List.of("gpu")))))),
          service.map("deploy"));
      assertTrue(
          service.memoryMebibytes() > BASE.service(service.name()).memoryMebibytes(),
          service.name());
      assertTrue(
          Files.exists(REPOSITORY.resolve(service.map("build").get("dockerfile").toString())));
    }
  }

  @Test
  void image_ofCuda_hasTheBuildsVersionOfPyTorch() throws IOException {
    String pom = Files.readString(REPOSITORY.resolve("pom.xml"));
    String dockerfile = Files.readString(REPOSITORY.resolve("docker/Dockerfile.cuda"));
    String version = dockerfile.replaceAll("(?s).*torch==([\\d.]+).*", "$1");
    assertTrue(pom.contains("<pytorch.version>" + version + "</pytorch.version>"), version);
    assertTrue(dockerfile.contains("PYTORCH_VERSION=" + version), version);
  }
}

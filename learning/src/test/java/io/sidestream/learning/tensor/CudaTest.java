package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.engine.Engine;
import io.sidestream.model.onnx.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaTest {
  @Test
  void require_cudaWithoutAGpu_saysWhatIsMissing() {
    assumeFalse(Engine.getInstance().hasCapability("CUDA"), "this machine has a GPU");
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> Cuda.require(Device.CUDA, Precision.FLOAT32));
    assertTrue(refused.getMessage().contains("finds no GPU"), refused.getMessage());
    assertTrue(refused.getMessage().contains("PYTORCH_LIBRARY_PATH"), refused.getMessage());
  }

  @Test
  void require_processor_isAlwaysThere() {
    Cuda.require(Device.CPU, Precision.FLOAT32);
    Cuda.require(Device.CPU, Precision.TF32);
  }

  @Test
  void wrongVariable_precisionAndEnvironment_mustAgree() {
    Map<String, String> set = Map.of(Cuda.TF32_VARIABLE, "1");
    assertEquals(Optional.empty(), Cuda.wrongVariable(Precision.TF32, set));
    assertEquals(Optional.empty(), Cuda.wrongVariable(Precision.FLOAT32, Map.of()));
    assertTrue(Cuda.wrongVariable(Precision.FLOAT32, set).orElseThrow().contains("unset"));
    assertTrue(Cuda.wrongVariable(Precision.TF32, Map.of()).orElseThrow().contains("to be 1"));
  }

  @Test
  void card_informationOfADriver_isReadForTheModel(@TempDir Path cards) throws Exception {
    assertEquals(Optional.empty(), Cuda.card(cards));
    assertEquals(Optional.empty(), Cuda.card(cards.resolve("none")));
    Path card = Files.createDirectory(cards.resolve("0000:01:00.0"));
    Files.writeString(
        card.resolve("information"), "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 57\n");
    assertEquals(Optional.of("NVIDIA H100 80GB HBM3"), Cuda.card(cards));
  }
}

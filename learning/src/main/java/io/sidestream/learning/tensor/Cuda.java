package io.sidestream.learning.tensor;

import ai.djl.engine.Engine;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The GPU that trainings compute on where {@code trainer.device} says so. */
public final class Cuda {
  /**
   * The variable that lets matrix products of float32 use TF32; read by the engine at its start.
   */
  public static final String TF32_VARIABLE = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

  private static final Path CARDS = Path.of("/proc/driver/nvidia/gpus");
  private static final String MODEL = "Model:";

  private Cuda() {}

  /**
   * Makes sure that a training can compute as the settings say; nothing to do on a processor.
   *
   * @throws IllegalArgumentException with the reason, in one sentence
   */
  public static void require(Device device, Precision precision) {
    Optional<String> reason =
        device == Device.CPU
            ? Optional.empty()
            : refusal(precision, System.getenv(), Engine.getInstance());
    if (reason.isPresent()) {
      throw new IllegalArgumentException(reason.get());
    }
  }

  private static Optional<String> refusal(
      Precision precision, Map<String, String> environment, Engine engine) {
    if (!engine.hasCapability("CUDA")) {
      return Optional.of(
          String.format(
              "trainer.device is cuda, and PyTorch %s finds no GPU: its CUDA libraries belong into"
                  + " PYTORCH_LIBRARY_PATH, and an NVIDIA driver onto this machine",
              engine.getVersion()));
    }
    return wrongVariable(precision, environment);
  }

  /** Why the environment does not go with a precision; empty where it does. */
  static Optional<String> wrongVariable(Precision precision, Map<String, String> environment) {
    boolean set = "1".equals(environment.get(TF32_VARIABLE));
    if (set == (precision == Precision.TF32)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "trainer.precision is %s, and %s is %s: expected %s",
            precision.label(),
            TF32_VARIABLE,
            set ? "1" : "not 1",
            set ? "it unset" : "it to be 1 before the process starts"));
  }

  /** The model of the first card, as its driver names it; empty without a driver. */
  public static Optional<String> card() {
    return card(CARDS);
  }

  /**
   * @param cards a folder of one folder per card, with a file {@code information} each
   */
  static Optional<String> card(Path cards) {
    if (!Files.isDirectory(cards)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(cards)) {
      Optional<Path> first = folders.sorted().map(card -> card.resolve("information")).findFirst();
      if (first.isEmpty() || !Files.isReadable(first.get())) {
        return Optional.empty();
      }
      try (Stream<String> lines = Files.lines(first.get())) {
        return lines
            .filter(line -> line.startsWith(MODEL))
            .map(line -> line.substring(MODEL.length()).strip())
            .findFirst();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.sidestream.learning.generation;

import io.sidestream.learning.pretrained.FolderDigest;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.TunedGenerator;
import io.sidestream.learning.settings.PretrainedSettings;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.onnx.Device;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The folders of models that settings name. */
public final class PretrainedFolders {
  private PretrainedFolders() {}

  @FunctionalInterface
  private interface Reader {
    void read(Path folder) throws IOException;
  }

  /**
   * Reads the folders whole, so that one that cannot be used is refused before a training begins.
   *
   * @throws UserErrorException with the setting, the folder and the reason
   */
  public static void require(TrainingSettings settings) {
    PretrainedSettings models = settings.pretrained();
    require(
        "trainer.encoder.model",
        models.encoder(),
        folder ->
            PretrainedEncoder.open(FolderEncoder.folder(folder, settings), Device.CPU).close());
    require("trainer.generator.model", models.generator(), folder -> requireGenerator(settings));
  }

  private static void require(String key, Optional<Path> folder, Reader reader) {
    if (folder.isPresent()) {
      try {
        reader.read(folder.get());
      } catch (IOException | IllegalArgumentException e) {
        throw new UserErrorException(
            e, "%s is %s: %s".formatted(key, folder.get(), ReasonText.of(e)));
      }
    }
  }

  /** Room for its prompts and for its weights in a graph. */
  private static void requireGenerator(TrainingSettings settings) throws IOException {
    try (TunedGenerator tuned =
        FolderGenerator.open(settings, settings.codebook(), settings.encoder().dimensions())) {
      int maxTokens = settings.generator().maxTokens();
      try {
        new PromptTokens(tuned.vocabulary(), tuned.words(), maxTokens);
      } finally {
        tuned.words().close();
      }
    }
  }

  /** The names of models in provenance; empty for those that are not of a folder. */
  static Optional<String> label(Optional<Path> folder) throws IOException {
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(FolderDigest.label(folder.get(), FolderDigest.sha256(folder.get())));
  }
}

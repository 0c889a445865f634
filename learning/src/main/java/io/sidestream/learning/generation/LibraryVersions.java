package io.sidestream.learning.generation;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.settings.PretrainedSettings;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Versions of the libraries that compute a generation: its numbers depend on them. */
public final class LibraryVersions {
  private LibraryVersions() {}

  /**
   * Those of this process for a training, with the models that it starts from, and the card where a
   * GPU computes.
   */
  public static Map<String, String> current(TrainingSettings settings) throws IOException {
    PretrainedSettings models = settings.pretrained();
    Engine engine = Engine.getInstance();
    Map<String, String> versions = new HashMap<>();
    versions.put("java", Integer.toString(Runtime.version().feature()));
    versions.put("engine", engine.getEngineName() + " " + engine.getVersion());
    versions.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
    versions.put(
        "pretrained", PretrainedFolders.label(models.encoder()).orElse(PretrainedText.NAME));
    models.prompt().ifPresent(prompt -> versions.put("pretrained_prompt", prompt));
    PretrainedFolders.label(models.generator())
        .ifPresent(label -> versions.put("pretrained_generator", label));
    if (settings.device() == Device.CUDA) {
      versions.put("gpu", Cuda.card().orElse("unknown"));
    }
    return versions;
  }
}

package io.sidestream.learning.generation;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.sidestream.learning.biencoder.PretrainedText;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.model.onnx.Device;
import java.util.HashMap;
import java.util.Map;

/** Versions of the libraries that compute a generation: its numbers depend on them. */
public final class LibraryVersions {
  private LibraryVersions() {}

  /**
   * Those of this process, and the card where a GPU computes.
   *
   * @param device of the training
   */
  public static Map<String, String> current(Device device) {
    Engine engine = Engine.getInstance();
    Map<String, String> versions = new HashMap<>();
    versions.put("java", Integer.toString(Runtime.version().feature()));
    versions.put("engine", engine.getEngineName() + " " + engine.getVersion());
    versions.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
    versions.put("pretrained", PretrainedText.NAME);
    if (device == Device.CUDA) {
      versions.put("gpu", Cuda.card().orElse("unknown"));
    }
    return versions;
  }
}

package io.sidestream.learning.generation;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.sidestream.learning.biencoder.PretrainedText;
import java.util.Map;

/** Versions of the libraries that compute a generation: its numbers depend on them. */
public final class LibraryVersions {
  private LibraryVersions() {}

  public static Map<String, String> current() {
    Engine engine = Engine.getInstance();
    return Map.of(
        "java",
        Integer.toString(Runtime.version().feature()),
        "engine",
        engine.getEngineName() + " " + engine.getVersion(),
        "onnxruntime",
        OrtEnvironment.getEnvironment().getVersion(),
        "pretrained",
        PretrainedText.NAME);
  }
}

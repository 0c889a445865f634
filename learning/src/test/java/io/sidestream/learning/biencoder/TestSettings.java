package io.sidestream.learning.biencoder;

import io.sidestream.model.onnx.Device;
import java.util.List;

/** Settings that the tests of this package vary. */
final class TestSettings {
  /** In-batch negatives only, as published. */
  static final Objective IN_BATCH = inBatch(0.1, 0.3, 0);

  static final BiEncoderSettings.Heads HEADS = new BiEncoderSettings.Heads(300, 128, 2e-3, 0.01);

  private TestSettings() {}

  static Objective inBatch(double temperature, double dropout, int sampledNegatives) {
    return new Objective(
        temperature,
        LossWeights.EQUAL,
        dropout,
        ItemEmbeddingSettings.NONE,
        sampledNegatives,
        List.of(),
        Commitment.NONE);
  }

  static BiEncoderSettings of(
      int dimensions, BiEncoderSettings.Heads heads, BiEncoderSettings.Layers layers) {
    return new BiEncoderSettings(dimensions, 20, 0.9, IN_BATCH, heads, layers, 2, Device.CPU);
  }
}

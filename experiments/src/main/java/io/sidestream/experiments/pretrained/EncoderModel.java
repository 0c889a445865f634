package io.sidestream.experiments.pretrained;

import io.sidestream.learning.pretrained.PretrainedEncoder;
import java.util.Optional;

/**
 * The text encoder that an experiment takes from a folder.
 *
 * @param fineTuning how the encoder itself learns queries and items met together; empty where heads
 *     learn on its vectors as they are
 */
public record EncoderModel(ModelFolder folder, Optional<PretrainedEncoder.Settings> fineTuning) {
  /** All that decides what is made with it; not where the folder lies. */
  public String key() {
    return "encoder " + folder.sha256() + " " + fineTuning;
  }
}

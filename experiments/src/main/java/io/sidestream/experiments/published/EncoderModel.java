package io.sidestream.experiments.published;

import io.sidestream.trainer.huggingface.PublishedEncoder;
import java.util.Optional;

/**
 * The text encoder that an experiment takes from a folder.
 *
 * @param fineTuning how the encoder itself learns queries and items met together; empty where heads
 *     learn on its vectors as they are
 */
public record EncoderModel(ModelFolder folder, Optional<PublishedEncoder.Settings> fineTuning) {
  /** All that decides what is made with it; not where the folder lies. */
  public String key() {
    return "encoder " + folder.sha256() + " " + fineTuning;
  }
}

package io.sidestream.experiments.pretrained;

import io.sidestream.learning.pretrained.PretrainedEncoder;
import java.util.Optional;

/**
 * A pretrained text encoder in a folder.
 *
 * @param fineTuning of the encoder itself; empty where heads are trained on its vectors
 */
public record EncoderModel(ModelFolder folder, Optional<PretrainedEncoder.Settings> fineTuning) {
  /** Cache key of all that it determines; without the folder's path. */
  public String key() {
    return "encoder " + folder.sha256() + " " + fineTuning;
  }
}

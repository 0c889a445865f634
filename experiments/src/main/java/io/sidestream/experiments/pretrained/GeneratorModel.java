package io.sidestream.experiments.pretrained;

import io.sidestream.learning.pretrained.PretrainedGenerator;

/**
 * A pretrained language model in a folder, which trials fine-tune on IDs.
 *
 * @param settings of the fine-tuning
 */
public record GeneratorModel(ModelFolder folder, PretrainedGenerator.Settings settings) {
  /** Cache key of all that it determines; without the folder's path. */
  public String key() {
    return "generator " + folder.sha256() + " " + settings;
  }
}

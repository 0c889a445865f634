package io.sidestream.experiments.pretrained;

import io.sidestream.learning.pretrained.PretrainedGenerator;

/**
 * The language model that an experiment takes from a folder, and teaches IDs.
 *
 * @param settings how it learns them
 */
public record GeneratorModel(ModelFolder folder, PretrainedGenerator.Settings settings) {
  /** All that decides what is made with it; not where the folder lies. */
  public String key() {
    return "generator " + folder.sha256() + " " + settings;
  }
}

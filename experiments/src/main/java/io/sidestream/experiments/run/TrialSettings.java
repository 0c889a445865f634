package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.settings.GeneratorSettings;

/**
 * The settings that the generators of all trials have in common.
 *
 * @param generator its size and schedule
 * @param beams IDs that it generates; 30 or more, the depth of recall
 */
public record TrialSettings(GeneratorSettings generator, int beams) {
  private static final int MIN_BEAMS = 30;

  public TrialSettings {
    check(beams >= MIN_BEAMS, "%d beams, expected %d or more", beams, MIN_BEAMS);
  }
}

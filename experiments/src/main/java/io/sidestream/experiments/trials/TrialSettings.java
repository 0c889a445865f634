package io.sidestream.experiments.trials;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.settings.GeneratorSettings;

/**
 * How a generator is trained and asked in all trials alike.
 *
 * @param generator its size and schedule
 * @param beams IDs that it is asked for; 30 or more, which recall counts
 */
public record TrialSettings(GeneratorSettings generator, int beams) {
  /** Recall counts so many of a generator's IDs. */
  public static final int MIN_BEAMS = 30;

  public TrialSettings {
    check(beams >= MIN_BEAMS, "%d beams, expected %d or more", beams, MIN_BEAMS);
  }
}

package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.data.TimeCuts;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.learning.settings.TrainingSettings;

/**
 * All settings of an experiment, beside its seeds.
 *
 * @param split sizes of validation and test sets
 * @param spaces training of embedding spaces
 * @param trials training and decoding of the generators
 * @param fullSystem training of the full system; its seed is that of the run
 * @param withheld share of the items that the cold-start experiment withholds, in (0, 1)
 * @param refreshes trainings of each arm after the first one, 1 to {@link TimeCuts#REFRESHES}
 */
public record ExperimentSettings(
    SplitSettings split,
    EmbeddingSpaceSettings spaces,
    TrialSettings trials,
    TrainingSettings fullSystem,
    double withheld,
    int refreshes) {
  public ExperimentSettings {
    check(
        withheld > 0 && withheld < 1,
        "share withheld is %s, expected above 0 and below 1",
        withheld);
    checkRange(refreshes, 1, TimeCuts.REFRESHES, "%d refreshes");
  }
}

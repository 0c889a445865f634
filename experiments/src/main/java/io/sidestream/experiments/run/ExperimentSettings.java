package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.trials.TrialSettings;
import io.sidestream.learning.settings.TrainingSettings;

/**
 * All that decides what an experiment makes of a data set, beside its seeds.
 *
 * @param split what is kept back
 * @param spaces how vectors are learned
 * @param trials how generators are trained and asked
 * @param shipped how what ships is trained; its seed is that of the run
 * @param withheld share of the items that the cold experiment withholds, in (0, 1)
 */
public record ExperimentSettings(
    SplitSettings split,
    EmbeddingSpaceSettings spaces,
    TrialSettings trials,
    TrainingSettings shipped,
    double withheld) {
  public ExperimentSettings {
    check(
        withheld > 0 && withheld < 1,
        "share withheld is %s, expected above 0 and below 1",
        withheld);
  }
}

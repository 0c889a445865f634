package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.model.generator.Task;

/**
 * A change of the data before anything is trained.
 *
 * @param withheld share of the items all of whose training events are removed, in [0, 1)
 * @param sampling of the training queries
 */
public record DataVariant(double withheld, QuerySampling sampling) {
  /** The unchanged data. */
  public static final DataVariant NONE = new DataVariant(0, QuerySampling.AS_LOGGED);

  public DataVariant {
    check(withheld >= 0 && withheld < 1, "share withheld is %s, expected [0, 1)", withheld);
  }

  ExperimentData split(DatasetByKind dataset, SplitSettings settings, long seed) {
    return withheld == 0
        ? ExperimentData.split(dataset, settings, seed)
        : ExperimentData.withhold(dataset, settings, seed, withheld);
  }

  TrainingData sampled(TrainingData training, long seed) {
    float[] interactions = training.counts(Task.RECOMMENDATION);
    return training.with(sampling.from(training.pool(), interactions, seed));
  }
}

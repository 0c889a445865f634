package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.data.LoggedShares;
import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.model.generator.Task;

/**
 * A change of the data before anything is trained.
 *
 * @param withheld share of the items all of whose training events are removed, in [0, 1)
 * @param sampling of the training queries
 * @param logged shares of the searches before the tests; all of them where items are withheld
 */
public record DataVariant(double withheld, QuerySampling sampling, LoggedShares logged) {
  /** The unchanged data. */
  public static final DataVariant NONE =
      new DataVariant(0, QuerySampling.AS_LOGGED, LoggedShares.ALL);

  public DataVariant {
    check(withheld >= 0 && withheld < 1, "share withheld is %s, expected [0, 1)", withheld);
    check(
        withheld == 0 || logged.equals(LoggedShares.ALL),
        "items are withheld and searches left out, expected one of both");
  }

  /** Without the training events of a share of the items, in [0, 1). */
  public static DataVariant withheld(double share) {
    return new DataVariant(share, QuerySampling.AS_LOGGED, LoggedShares.ALL);
  }

  /** With training queries sampled over items. */
  public static DataVariant sampled(QuerySampling sampling) {
    return new DataVariant(0, sampling, LoggedShares.ALL);
  }

  /** With shares of the searches before the tests. */
  public static DataVariant logged(LoggedShares shares) {
    return new DataVariant(0, QuerySampling.AS_LOGGED, shares);
  }

  ExperimentData split(DatasetByKind dataset, SplitSettings settings, long seed) {
    if (!logged.equals(LoggedShares.ALL)) {
      return ExperimentData.logged(dataset, settings, seed, logged);
    }
    return withheld == 0
        ? ExperimentData.split(dataset, settings, seed)
        : ExperimentData.withhold(dataset, settings, seed, withheld);
  }

  TrainingData sampled(TrainingData training, long seed) {
    float[] interactions = training.counts(Task.RECOMMENDATION);
    return training.with(sampling.from(training.pool(), interactions, seed));
  }
}

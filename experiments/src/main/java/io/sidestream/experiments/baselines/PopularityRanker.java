package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Scorer;
import io.sidestream.model.generator.Task;

/** The items that training saw most often, whatever is asked. */
public final class PopularityRanker implements Scorer {
  private final float[] counts; // [row]

  private PopularityRanker(float[] counts) {
    this.counts = counts;
  }

  /** Interactions for recommendation; searches that wanted the item for search. */
  public static PopularityRanker of(ExperimentData data, Task task) {
    return new PopularityRanker(
        task == Task.SEARCH
            ? data.rows().searches(data.training().searches())
            : data.rows().interactions(data.training().interactions()));
  }

  @Override
  public float[] scores(Case one) {
    return counts;
  }
}

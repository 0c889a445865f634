package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.model.generator.Task;

/** Baseline: the most popular items of training, for every prompt. */
public final class PopularityRanker implements Scorer {
  private final float[] counts; // [row]

  private PopularityRanker(float[] counts) {
    this.counts = counts;
  }

  /** By clicks for search, by interactions for recommendation. */
  public static PopularityRanker of(Corpus training, ItemRows rows, Task task) {
    return new PopularityRanker(rows.counts(training, task));
  }

  @Override
  public float[] scores(EvaluationCase one) {
    return counts;
  }
}

package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Scorer;

/**
 * Items met by the people who met those of the history: the sum of cosines between items as sets of
 * people. Only for recommendation.
 */
public final class ItemKnn implements Scorer {
  /*
   * cosine(i, j) = |people of i and j| / sqrt(|people of i| |people of j|), summed over the newest items of the history
   * (Sarwar et al. 2001; no cut-off of neighbours). Nothing is computed ahead: for each item of the history, each of its
   * people gives a vote to each of their items, which is as much work as there are meetings two steps away.
   */

  /** How many of a history's items count. */
  public static final int LAST = 20;

  private final InteractionMatrix meetings;
  private final int last;

  ItemKnn(InteractionMatrix meetings, int last) {
    this.meetings = meetings;
    this.last = last;
  }

  public static ItemKnn of(ExperimentData data) {
    return new ItemKnn(InteractionMatrix.of(data), LAST);
  }

  @Override
  public float[] scores(Case one) {
    return scores(Histories.of("ItemKNN", one));
  }

  private float[] scores(EvaluationQuery.History history) {
    double[] sums = new double[meetings.rows()];
    for (int row : history.last(last)) {
      int[] people = meetings.people(row);
      double vote = 1 / Math.sqrt(people.length);
      for (int person : people) {
        for (int other : meetings.items(person)) {
          sums[other] += vote;
        }
      }
    }
    float[] scores = new float[sums.length];
    for (int row = 0; row < scores.length; row++) {
      int people = meetings.people(row).length;
      scores[row] = people == 0 ? 0 : (float) (sums[row] / Math.sqrt(people));
    }
    return scores;
  }
}

package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Scorer;

/**
 * Item-based nearest neighbours: sum of cosines between an item's users and those of each item of
 * the history. Only for recommendation.
 */
final class ItemKnn implements Scorer {
  /*
   * cosine(i, j) = |users of i and j| / sqrt(|users of i| |users of j|), summed over the latest
   * items of the history (Sarwar et al. 2001; no cut-off of neighbours). Nothing is precomputed:
   * for each item of the history, each of its users gives a vote to each of their items.
   */

  /** Number of a history's items that count. */
  public static final int LAST = 20;

  private final ImplicitFeedback byUser;
  private final ImplicitFeedback byItem;
  private final int last;

  ItemKnn(ImplicitFeedback feedback, int last) {
    this.byUser = feedback;
    this.byItem = feedback.transposed();
    this.last = last;
  }

  public static ItemKnn of(ExperimentData data) {
    return new ItemKnn(ImplicitFeedback.of(data.training(), data.rows()), LAST);
  }

  @Override
  public float[] scores(EvaluationCase one) {
    return scores(Histories.of("ItemKNN", one));
  }

  private float[] scores(EvaluationQuery.History history) {
    double[] sums = new double[byUser.items()];
    for (int row : history.last(last)) {
      int[] users = byItem.rows(row);
      double vote = 1 / Math.sqrt(users.length);
      for (int user : users) {
        for (int other : byUser.rows(user)) {
          sums[other] += vote;
        }
      }
    }
    float[] scores = new float[sums.length];
    for (int row = 0; row < scores.length; row++) {
      int users = byItem.count(row);
      scores[row] = users == 0 ? 0 : (float) (sums[row] / Math.sqrt(users));
    }
    return scores;
  }
}

package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

/** A ranker by a score for every item, higher is better. Thread-safe. */
public interface Scorer extends Ranker {
  /** Scores, shape [row]. */
  float[] scores(EvaluationCase one);

  /** The rank of the relevant item among all that are not excluded; equal ones by row. */
  @Override
  default Ranking rank(EvaluationCase one) {
    return Ranking.ofItem(rank(scores(one), one));
  }

  /** The rank of a case's relevant item by these scores, shape [row]; equal ones by row. */
  static int rank(float[] scores, EvaluationCase one) {
    int relevant = one.relevant();
    check(!Float.isNaN(scores[relevant]), "score of row %d is not a number", relevant);
    int before = 0;
    for (int row = 0; row < scores.length; row++) {
      before += comesBefore(scores, row, relevant) ? 1 : 0;
    }
    for (int row : one.excluded()) {
      before -= comesBefore(scores, row, relevant) ? 1 : 0;
    }
    return before;
  }

  private static boolean comesBefore(float[] scores, int row, int relevant) {
    return scores[row] > scores[relevant] || (scores[row] == scores[relevant] && row < relevant);
  }
}

package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.Case;

/** A system that gives every item a score, the higher the better. Threads: any number at once. */
public interface Scorer extends Ranker {
  /** Scores, shape [row]. */
  float[] scores(Case one);

  /** The rank of the wanted item among all that are not excluded; equal ones by row. */
  @Override
  default Ranking rank(Case one) {
    return Ranking.ofItem(rank(scores(one), one));
  }

  /** The rank of a case's wanted item by these scores, shape [row]; equal ones by row. */
  static int rank(float[] scores, Case one) {
    int wanted = one.wanted();
    check(!Float.isNaN(scores[wanted]), "score of row %d is not a number", wanted);
    int before = 0;
    for (int row = 0; row < scores.length; row++) {
      before += comesBefore(scores, row, wanted) ? 1 : 0;
    }
    for (int row : one.excluded()) {
      before -= comesBefore(scores, row, wanted) ? 1 : 0;
    }
    return before;
  }

  private static boolean comesBefore(float[] scores, int row, int wanted) {
    return scores[row] > scores[wanted] || (scores[row] == scores[wanted] && row < wanted);
  }
}

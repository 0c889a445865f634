package io.sidestream.model.ranking;

import java.util.function.IntPredicate;

/** Scores of few rows of a catalogue, 0 of all others: cost follows the scored ones. Immutable. */
sealed interface SparseRowScores permits CorpusRowScores, ItemRowScores {
  /** The score of a row. */
  float at(int row);

  /** Offers the eligible rows with a score above 0. */
  void offerTo(TopRows top, IntPredicate eligible);

  /** Offers one row. */
  static void offer(TopRows top, int row, float score, IntPredicate eligible) {
    if (score > 0 && eligible.test(row)) {
      top.offer(row, score);
    }
  }
}

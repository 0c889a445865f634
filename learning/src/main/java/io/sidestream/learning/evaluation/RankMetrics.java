package io.sidestream.learning.evaluation;

/** How highly the wanted items were ranked, one rank for each case. Not thread-safe. */
final class RankMetrics {
  /** Rank of an item that was not in the answer. */
  static final int MISSING = Integer.MAX_VALUE;

  private static final int NDCG_AT = 10;
  private static final double LN_2 = Math.log(2);

  private int cases;
  private int in10;
  private int in30;
  private double gain;

  /**
   * @param rank 0 for the best, or {@link #MISSING}
   */
  void add(int rank) {
    cases++;
    in10 += rank < 10 ? 1 : 0;
    in30 += rank < 30 ? 1 : 0;
    gain += rank < NDCG_AT ? LN_2 / Math.log(rank + 2.0) : 0;
  }

  int cases() {
    return cases;
  }

  /** Share of the cases whose item was among the first ten, in [0, 1]. */
  double recallAt10() {
    return share(in10);
  }

  /** Share of the cases whose item was among the first thirty, in [0, 1]. */
  double recallAt30() {
    return share(in30);
  }

  /** Mean of 1 / log2(rank + 2) over the first ten ranks: with one wanted item, the ideal is 1. */
  double ndcgAt10() {
    return share(gain);
  }

  private double share(double sum) {
    return cases == 0 ? 0 : sum / cases;
  }
}

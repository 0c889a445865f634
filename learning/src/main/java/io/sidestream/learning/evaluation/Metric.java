package io.sidestream.learning.evaluation;

/** Quality of a ranking with one relevant item, by its rank; in [0, 1]. */
public enum Metric {
  /** 1 among the first ten. */
  RECALL_AT_10("recall@10", 10, false),
  /** 1 among the first thirty. */
  RECALL_AT_30("recall@30", 30, false),
  /** 1 / log2(rank + 2) among the first ten: with one relevant item, the ideal is 1. */
  NDCG_AT_10("ndcg@10", 10, true),
  /** The same among the first thirty. */
  NDCG_AT_30("ndcg@30", 30, true);

  private static final double LN_2 = Math.log(2);

  private final String label;
  private final int depth;
  private final boolean discounted;

  Metric(String label, int depth, boolean discounted) {
    this.label = label;
    this.depth = depth;
    this.discounted = discounted;
  }

  /** As written in tables, for example {@code recall@30}. */
  public String label() {
    return label;
  }

  /** How many answers count. */
  public int depth() {
    return depth;
  }

  /**
   * @param rank 0 for the best, or {@link Ranking#MISSING}
   */
  public double of(int rank) {
    if (rank >= depth) {
      return 0;
    }
    return discounted ? LN_2 / Math.log(rank + 2.0) : 1;
  }

  /** The mean over the ranks of several cases; 0 without cases. */
  public double mean(int[] ranks) {
    double sum = 0;
    for (int rank : ranks) {
      sum += of(rank);
    }
    return ranks.length == 0 ? 0 : sum / ranks.length;
  }
}

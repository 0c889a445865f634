package io.sidestream.learning.evaluation;

import io.sidestream.model.generator.Task;

/** The names of what is measured, one place for all of them: {@code <task>.<name>}. */
public final class Metrics {
  /** Share of cases whose Semantic ID is among the generator's first thirty IDs. */
  public static final String RECALL_AT_30 = "recall@30";

  /** Share of cases whose item is among the first thirty of the answer. */
  public static final String ITEM_RECALL_AT_30 = "item_recall@30";

  /** Share of cases whose item is among the first ten of the answer. */
  public static final String ITEM_RECALL_AT_10 = "item_recall@10";

  /** Normalized discounted cumulative gain of the answer's first ten items. */
  public static final String ITEM_NDCG_AT_10 = "item_ndcg@10";

  /** The same as item recall@30, by popularity in training. */
  public static final String POPULARITY_AT_30 = "popularity@30";

  /** The same as item recall@30, expected of items drawn at random. */
  public static final String RANDOM_AT_30 = "random@30";

  /** Item recall@30 by the generator's probabilities alone. */
  public static final String GENERATOR_AT_30 = "generator_item_recall@30";

  /** Item recall@30 by the exact vectors alone. */
  public static final String DENSE_AT_30 = "dense_item_recall@30";

  /** Item recall@30 of the searches whose query and item training does not hold together. */
  public static final String NEW_PAIRS_AT_30 = "new_item_recall@30";

  /** How many cases were tested. */
  public static final String CASES = "cases";

  /** 1 where there were enough test events for the gate to judge the task, else 0. */
  public static final String JUDGED = "judged";

  /** Share of the item vectors' sum of squares that their codes leave over. */
  public static final String RESIDUAL_ENERGY = "codebook.residual_energy";

  /** Share of the items that are not alone behind their Semantic ID. */
  public static final String COLLIDED_SHARE = "codebook.collided_share";

  private Metrics() {}

  /** For example {@code search.item_recall@30}. */
  public static String of(Task task, String name) {
    return task.label() + "." + name;
  }
}

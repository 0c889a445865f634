package io.sidestream.learning.evaluation;

import io.sidestream.model.generator.Task;

/** Names of a generation's metrics: {@code <task>.<name>}. */
public final class Metrics {
  /** Share of cases whose Semantic ID is among the generator's first 30 IDs. */
  public static final String ID_RECALL_AT_30 = "id_recall@30";

  /** Share of cases whose item is among the first 30 of the answer. */
  public static final String RECALL_AT_30 = "recall@30";

  /** Share of cases whose item is among the first 10 of the answer. */
  public static final String RECALL_AT_10 = "recall@10";

  /** Normalized discounted cumulative gain of the answer's first 10 items. */
  public static final String NDCG_AT_10 = "ndcg@10";

  /** Recall@30 of the most popular items of training. */
  public static final String POPULARITY_AT_30 = "popularity@30";

  /** Expected recall@30 of random items. */
  public static final String RANDOM_AT_30 = "random@30";

  /** Recall@30 with the generator's probabilities as only ranking feature. */
  public static final String GENERATOR_AT_30 = "generator_recall@30";

  /** Recall@30 with the cosine of exact vectors as only ranking feature. */
  public static final String DENSE_AT_30 = "dense_recall@30";

  /** Recall@30 of searches whose pair of query and item training does not contain. */
  public static final String NEW_PAIRS_AT_30 = "new_recall@30";

  /** Share of the same cases that the live generation finds, among the first 30 of its answer. */
  public static final String LIVE_AT_30 = "live_recall@30";

  /** Number of test cases. */
  public static final String CASES = "cases";

  /** 1 where the gate has enough test cases for the task, else 0. */
  public static final String GATED = "gated";

  /** Squared distance of item vectors from their reconstructions, over their sum of squares. */
  public static final String RELATIVE_QUANTIZATION_ERROR = "codebook.relative_quantization_error";

  /** Share of items that share their Semantic ID. */
  public static final String COLLISION_RATE = "codebook.collision_rate";

  /** Share of items that have the Semantic ID that most items have. */
  public static final String LARGEST_COLLISION = "codebook.largest_collision";

  /** {@link #relativePerplexity} of the first codes that the codebook gives to items now. */
  public static final String ENCODED_PERPLEXITY = "codebook.encoded_perplexity";

  /** Different IDs that it gives to them, as a share of what it could. */
  public static final String ENCODED_IDS = "codebook.encoded_ids";

  /** Share of the items of both that keep their Semantic ID of the parent generation. */
  public static final String KEPT_IDS = "codebook.kept_ids";

  private Metrics() {}

  /** Share of those items that keep their code of a level: {@code codebook.kept_codes.1} first. */
  public static String keptCodes(int level) {
    return "codebook.kept_codes." + (level + 1);
  }

  /**
   * Perplexity of the code use of a level, as a share of that of even use: {@code
   * codebook.relative_perplexity.1} first.
   */
  public static String relativePerplexity(int level) {
    return "codebook.relative_perplexity." + (level + 1);
  }

  /** For example {@code search.recall@30}. */
  public static String of(Task task, String name) {
    return task.label() + "." + name;
  }
}

package io.sidestream.experiments.run;

import io.sidestream.model.bundle.RankingWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rankings of the full system's ablation: the full ranker and reduced ones. */
public final class RankingAblation {
  /** All features, with the weights tuned on validation. */
  public static final String FULL = "full ranker";

  /** log p(ID) and the item's share inside its ID. */
  public static final String GENERATOR = "generator only";

  /** Exact dense retrieval. */
  public static final String VECTORS = "dense vectors only";

  /** What the query log knows of the query's words; for a history, nothing: items by their id. */
  public static final String QUERY_LOG = "query log only";

  public static final String WITHOUT_GENERATOR = "without generator";
  public static final String WITHOUT_VECTORS = "without dense vectors";
  public static final String WITHOUT_POPULARITY = "without popularity";

  /** Candidates of the query log stay, ranked by the other features. */
  public static final String WITHOUT_QUERY_LOG = "without query log";

  /** Items without interactions are ranked like all others. */
  public static final String WITHOUT_COLD_BOOST = "without cold-item boost";

  /** All of them, the full ranker first. */
  public static final List<String> ALL =
      List.of(
          FULL,
          WITHOUT_GENERATOR,
          WITHOUT_VECTORS,
          WITHOUT_POPULARITY,
          WITHOUT_QUERY_LOG,
          WITHOUT_COLD_BOOST,
          GENERATOR,
          VECTORS,
          QUERY_LOG);

  private RankingAblation() {}

  /** The weights of each ranking by its name. */
  static Map<String, RankingWeights> of(RankingWeights tuned) {
    double temperature = tuned.temperature();
    Map<String, RankingWeights> rankings = new LinkedHashMap<>();
    rankings.put(FULL, tuned);
    rankings.put(WITHOUT_GENERATOR, without(tuned, 0, 1, 1));
    rankings.put(WITHOUT_VECTORS, without(tuned, 1, 0, 1));
    rankings.put(WITHOUT_POPULARITY, without(tuned, 1, 1, 0));
    rankings.put(WITHOUT_QUERY_LOG, tuned.withQueryLog(0));
    rankings.put(WITHOUT_COLD_BOOST, tuned.withColdItemBoost(0));
    rankings.put(GENERATOR, new RankingWeights(1, 0, 0, temperature));
    rankings.put(VECTORS, new RankingWeights(0, 1, 0, temperature));
    rankings.put(QUERY_LOG, new RankingWeights(0, 0, 0, temperature).withQueryLog(1));
    return rankings;
  }

  private static RankingWeights without(
      RankingWeights tuned, int generator, int dense, int popularity) {
    return new RankingWeights(
        generator * tuned.generator(),
        dense * tuned.dense(),
        popularity * tuned.popularity(),
        tuned.temperature(),
        tuned.coldItemBoost(),
        tuned.queryLog());
  }
}

package io.sidestream.experiments.run;

import io.sidestream.model.bundle.RankingFeature;
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

  /** What followed the history's items, by the training events; for a query, nothing. */
  public static final String TRANSITIONS = "transitions only";

  public static final String WITHOUT_GENERATOR = "without generator";
  public static final String WITHOUT_VECTORS = "without dense vectors";
  public static final String WITHOUT_POPULARITY = "without popularity";

  /** Candidates of the query log stay, ranked by the other features. */
  public static final String WITHOUT_QUERY_LOG = "without query log";

  /** Candidates of the transitions stay, ranked by the other features. */
  public static final String WITHOUT_TRANSITIONS = "without transitions";

  /** Candidates by words stay, ranked by the other features. */
  public static final String WITHOUT_WORDS = "without words";

  /** What items' own words say of the query's; for a history, nothing: items by their id. */
  public static final String WORDS = "words only";

  /** What vectors, words, the query log and popularity reach without a model of sequences. */
  public static final String WITHOUT_SEQUENCES = "without generator and transitions";

  /** Items without training events are ranked like all others. */
  public static final String WITHOUT_COLD_HELP = "without cold-item help";

  /** Of cold items, the boost and the weight of their cosines stay. */
  public static final String WITHOUT_PREDICTION = "without predicted popularity";

  /** All of them, the full ranker first. */
  public static final List<String> ALL =
      List.of(
          FULL,
          WITHOUT_GENERATOR,
          WITHOUT_VECTORS,
          WITHOUT_POPULARITY,
          WITHOUT_QUERY_LOG,
          WITHOUT_TRANSITIONS,
          WITHOUT_WORDS,
          WITHOUT_SEQUENCES,
          WITHOUT_COLD_HELP,
          WITHOUT_PREDICTION,
          GENERATOR,
          VECTORS,
          QUERY_LOG,
          TRANSITIONS,
          WORDS);

  private RankingAblation() {}

  /** The weights of each ranking by its name. */
  static Map<String, RankingWeights> of(RankingWeights tuned) {
    Map<String, RankingWeights> rankings = new LinkedHashMap<>();
    rankings.put(FULL, tuned);
    rankings.put(WITHOUT_GENERATOR, tuned.with(RankingFeature.GENERATOR, 0));
    rankings.put(
        WITHOUT_VECTORS, tuned.with(RankingFeature.DENSE, 0).with(RankingFeature.COLD_DENSE, 0));
    rankings.put(WITHOUT_POPULARITY, tuned.with(RankingFeature.POPULARITY, 0));
    rankings.put(WITHOUT_QUERY_LOG, tuned.with(RankingFeature.QUERY_LOG, 0));
    rankings.put(WITHOUT_TRANSITIONS, tuned.with(RankingFeature.TRANSITIONS, 0));
    rankings.put(WITHOUT_WORDS, tuned.with(RankingFeature.WORDS, 0));
    rankings.put(
        WITHOUT_SEQUENCES,
        tuned.with(RankingFeature.GENERATOR, 0).with(RankingFeature.TRANSITIONS, 0));
    rankings.put(WITHOUT_COLD_HELP, tuned.withoutColdItemHelp());
    rankings.put(WITHOUT_PREDICTION, tuned.with(RankingFeature.PREDICTED_POPULARITY, 0));
    rankings.put(GENERATOR, tuned.only(RankingFeature.GENERATOR));
    rankings.put(VECTORS, tuned.only(RankingFeature.DENSE));
    rankings.put(QUERY_LOG, tuned.only(RankingFeature.QUERY_LOG));
    rankings.put(TRANSITIONS, tuned.only(RankingFeature.TRANSITIONS));
    rankings.put(WORDS, tuned.only(RankingFeature.WORDS));
    return rankings;
  }
}

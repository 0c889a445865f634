package io.sidestream.experiments.run;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  /** Neither the query's terms nor its own clicks; candidates by them stay. */
  public static final String WITHOUT_QUERY_LOG = "without query log";

  /** A query that was typed before is its terms alone; candidates by its clicks stay. */
  public static final String WITHOUT_QUERY_CLICKS = "without query clicks";

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

  /** What each does to the tuned weights, by its name; the full ranker first. */
  static final Map<String, UnaryOperator<RankingWeights>> CHANGES = changes();

  /** All of them, the full ranker first. */
  public static final List<String> ALL = List.copyOf(CHANGES.keySet());

  private RankingAblation() {}

  private static Map<String, UnaryOperator<RankingWeights>> changes() {
    Map<String, UnaryOperator<RankingWeights>> changes = new LinkedHashMap<>();
    changes.put(FULL, tuned -> tuned);
    changes.put(WITHOUT_GENERATOR, without(RankingFeature.GENERATOR));
    changes.put(WITHOUT_VECTORS, without(RankingFeature.DENSE, RankingFeature.COLD_DENSE));
    changes.put(WITHOUT_POPULARITY, without(RankingFeature.POPULARITY));
    changes.put(WITHOUT_QUERY_LOG, without(RankingFeature.QUERY_LOG, RankingFeature.QUERY_CLICKS));
    changes.put(WITHOUT_QUERY_CLICKS, without(RankingFeature.QUERY_CLICKS));
    changes.put(WITHOUT_TRANSITIONS, without(RankingFeature.TRANSITIONS));
    changes.put(WITHOUT_WORDS, without(RankingFeature.WORDS));
    changes.put(WITHOUT_SEQUENCES, without(RankingFeature.GENERATOR, RankingFeature.TRANSITIONS));
    changes.put(WITHOUT_COLD_HELP, RankingWeights::withoutColdItemHelp);
    changes.put(WITHOUT_PREDICTION, without(RankingFeature.PREDICTED_POPULARITY));
    changes.put(GENERATOR, tuned -> tuned.only(RankingFeature.GENERATOR));
    changes.put(VECTORS, tuned -> tuned.only(RankingFeature.DENSE));
    changes.put(QUERY_LOG, tuned -> tuned.only(RankingFeature.QUERY_LOG));
    changes.put(TRANSITIONS, tuned -> tuned.only(RankingFeature.TRANSITIONS));
    changes.put(WORDS, tuned -> tuned.only(RankingFeature.WORDS));
    return Collections.unmodifiableMap(changes);
  }

  private static UnaryOperator<RankingWeights> without(RankingFeature... features) {
    return tuned -> {
      RankingWeights left = tuned;
      for (RankingFeature feature : features) {
        left = left.with(feature, 0);
      }
      return left;
    };
  }
}

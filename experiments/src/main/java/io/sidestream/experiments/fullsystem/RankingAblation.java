package io.sidestream.experiments.fullsystem;

import io.sidestream.model.bundle.RankingWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of the ranking is left when parts of it are taken away. */
public final class RankingAblation {
  /** All parts, weighed as validation taught. */
  public static final String ALL = "all parts";

  /** log p(ID) and the item's share inside its ID. */
  public static final String GENERATOR = "generator alone";

  /** Exact vectors. */
  public static final String VECTORS = "vectors alone";

  /**
   * What searches with the query's words found before; for a history, nothing: items by their id.
   */
  public static final String PAST_SEARCHES = "past searches alone";

  /** All but the generator, as weighed beside it. */
  public static final String WITHOUT_GENERATOR = "without generator";

  /** All but the exact vectors. */
  public static final String WITHOUT_VECTORS = "without vectors";

  /** All but popularity. */
  public static final String WITHOUT_POPULARITY = "without popularity";

  /** All but past searches; their candidates stay, at the place that the other signs give them. */
  public static final String WITHOUT_PAST_SEARCHES = "without past searches";

  /** All parts, but items that nobody had met are ranked as all others. */
  public static final String WITHOUT_FRESH = "without help for fresh items";

  private RankingAblation() {}

  /** Weights by the name of what they leave. */
  static Map<String, RankingWeights> of(RankingWeights tuned) {
    double temperature = tuned.temperature();
    Map<String, RankingWeights> parts = new LinkedHashMap<>();
    parts.put(ALL, tuned);
    parts.put(WITHOUT_GENERATOR, without(tuned, 0, 1, 1));
    parts.put(WITHOUT_VECTORS, without(tuned, 1, 0, 1));
    parts.put(WITHOUT_POPULARITY, without(tuned, 1, 1, 0));
    parts.put(WITHOUT_PAST_SEARCHES, tuned.withQueryLog(0));
    parts.put(WITHOUT_FRESH, tuned.withColdItemBoost(0));
    parts.put(GENERATOR, new RankingWeights(1, 0, 0, temperature));
    parts.put(VECTORS, new RankingWeights(0, 1, 0, temperature));
    parts.put(PAST_SEARCHES, new RankingWeights(0, 0, 0, temperature).withQueryLog(1));
    return parts;
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

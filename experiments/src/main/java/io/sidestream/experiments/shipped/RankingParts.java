package io.sidestream.experiments.shipped;

import io.sidestream.model.answers.RankingWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of the ranking is left when parts of it are taken away. */
public final class RankingParts {
  /** All parts, weighed as validation taught. */
  public static final String ALL = "all parts";

  /** log p(ID) and the item's share inside its ID. */
  public static final String GENERATOR = "generator alone";

  /** Exact vectors. */
  public static final String VECTORS = "vectors alone";

  /** Exact vectors and popularity, as weighed beside the generator. */
  public static final String WITHOUT_GENERATOR = "without generator";

  /** Generator and popularity, as weighed beside the vectors. */
  public static final String WITHOUT_VECTORS = "without vectors";

  /** Generator and vectors. */
  public static final String WITHOUT_POPULARITY = "without popularity";

  private RankingParts() {}

  /** Weights by the name of what they leave. */
  static Map<String, RankingWeights> of(RankingWeights tuned) {
    double generator = tuned.generator();
    double dense = tuned.dense();
    double popularity = tuned.popularity();
    double temperature = tuned.temperature();
    Map<String, RankingWeights> parts = new LinkedHashMap<>();
    parts.put(ALL, tuned);
    parts.put(WITHOUT_GENERATOR, new RankingWeights(0, dense, popularity, temperature));
    parts.put(WITHOUT_VECTORS, new RankingWeights(generator, 0, popularity, temperature));
    parts.put(WITHOUT_POPULARITY, new RankingWeights(generator, dense, 0, temperature));
    parts.put(GENERATOR, new RankingWeights(1, 0, 0, temperature));
    parts.put(VECTORS, new RankingWeights(0, 1, 0, temperature));
    return parts;
  }
}

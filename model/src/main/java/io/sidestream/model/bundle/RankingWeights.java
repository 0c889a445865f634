package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.querylog.QueryLogIndex;

/**
 * Weights of the ranking features of one task, tuned on validation data.
 *
 * <p>score = generator * (log p(ID) + log p(item | ID)) + dense * (cosine + coldItemBoost, for a
 * cold item) + popularity * log(1 + count) + queryLog * query log score
 *
 * @param generator weight of the generator's log-probability
 * @param dense weight of the cosine between the prompt's and the item's exact vector
 * @param popularity weight of the logarithm of the item's interactions or clicks for this task
 * @param temperature divides the cosine in the softmax that splits an ID's probability among its
 *     items
 * @param coldItemBoost added to the cosine of an item without training events, in [0, 1]; its
 *     vector comes from text alone, and its cosines are lower than those of items with events
 * @param queryLog weight of the item's query log score, see {@link QueryLogIndex#scores}; 0 for
 *     prompts without a query
 */
public record RankingWeights(
    double generator,
    double dense,
    double popularity,
    double temperature,
    double coldItemBoost,
    double queryLog) {
  /** Before tuning. */
  public static final RankingWeights DEFAULT = new RankingWeights(1, 10, 0.1, 0.05);

  /** Without a boost of cold items, without the query log. */
  public RankingWeights(double generator, double dense, double popularity, double temperature) {
    this(generator, dense, popularity, temperature, 0, 0);
  }

  public RankingWeights {
    check(
        coldItemBoost >= 0 && coldItemBoost <= 1,
        "cold item boost is %s, expected 0 to 1",
        coldItemBoost);
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
    check(Double.isFinite(popularity), "popularity has weight %s", popularity);
    check(
        generator >= 0 && dense >= 0 && queryLog >= 0,
        "weights of generator %s, dense %s and query log %s, expected 0 or more",
        generator,
        dense,
        queryLog);
  }

  public RankingWeights withColdItemBoost(double other) {
    return new RankingWeights(generator, dense, popularity, temperature, other, queryLog);
  }

  public RankingWeights withQueryLog(double other) {
    return new RankingWeights(generator, dense, popularity, temperature, coldItemBoost, other);
  }
}

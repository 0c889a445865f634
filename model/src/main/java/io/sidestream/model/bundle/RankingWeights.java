package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.querylog.QueryLogIndex;

/**
 * How much each sign counts when items are ranked; learned on validation data, one for each task.
 *
 * <p>score = generator * (log p(ID) + log p(item | ID)) + dense * (cosine + fresh, for an item that
 * nobody had met) + popularity * log(1 + count) + past * past score
 *
 * @param generator weight of the generator's log-probability
 * @param dense weight of the cosine between the prompt's and the item's exact vector
 * @param popularity weight of the logarithm of how often an item was chosen for this task
 * @param temperature divides the cosine in the softmax that shares an ID's probability among its
 *     items
 * @param fresh added to the cosine of an item that nobody had met or found when the generation was
 *     trained, in [0, 1]: known by its text alone, it lies farther from everything than it should
 * @param past weight of how much of a query the searches that found an item had, see {@link
 *     QueryLogIndex#scores}; 0 where the prompt is no query
 */
public record RankingWeights(
    double generator,
    double dense,
    double popularity,
    double temperature,
    double fresh,
    double past) {
  /** Before anything was learned. */
  public static final RankingWeights DEFAULT = new RankingWeights(1, 10, 0.1, 0.05);

  /** Without help for fresh items, without past searches. */
  public RankingWeights(double generator, double dense, double popularity, double temperature) {
    this(generator, dense, popularity, temperature, 0, 0);
  }

  public RankingWeights {
    check(fresh >= 0 && fresh <= 1, "help for fresh items is %s, expected 0 to 1", fresh);
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
    check(
        generator >= 0 && dense >= 0 && past >= 0,
        "weights of generator %s, dense %s and past searches %s, expected 0 or more",
        generator,
        dense,
        past);
  }

  public RankingWeights withFresh(double other) {
    return new RankingWeights(generator, dense, popularity, temperature, other, past);
  }

  public RankingWeights withPast(double other) {
    return new RankingWeights(generator, dense, popularity, temperature, fresh, other);
  }
}

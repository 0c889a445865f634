package io.sidestream.model.answers;

import static io.sidestream.schemas.Checks.check;

/**
 * How much each sign counts when items are ranked; learned on validation data, one for each task.
 *
 * <p>score = generator * (log p(ID) + log p(item | ID)) + dense * cosine + popularity * log(1 +
 * count)
 *
 * @param generator weight of the generator's log-probability
 * @param dense weight of the cosine between the prompt's and the item's exact vector
 * @param popularity weight of the logarithm of how often an item was chosen for this task
 * @param temperature divides the cosine in the softmax that shares an ID's probability among its
 *     items
 */
public record RankingWeights(
    double generator, double dense, double popularity, double temperature) {
  /** Before anything was learned. */
  public static final RankingWeights DEFAULT = new RankingWeights(1, 10, 0.1, 0.05);

  public RankingWeights {
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
    check(
        generator >= 0 && dense >= 0,
        "weights of generator %s and dense %s, expected 0 or more",
        generator,
        dense);
  }
}

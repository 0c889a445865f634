package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

/**
 * Weights of the losses by kind of pair; pairs of weight 0 are not sampled.
 *
 * @param queryItem of queries with the items chosen for them, 0 or more
 * @param itemItem of items with items that go with them, 0 or more
 * @param nextItem of histories with the items that followed them, 0 or more
 */
public record LossWeights(double queryItem, double itemItem, double nextItem) {
  /** All equal. */
  public static final LossWeights EQUAL = new LossWeights(1, 1, 1);

  public LossWeights {
    checkWeight("queries to items", queryItem);
    checkWeight("items to items", itemItem);
    checkWeight("histories to items", nextItem);
    check(queryItem + itemItem + nextItem > 0, "all losses weigh 0, expected one above");
  }

  /** These weights with the tasks mixed: search against recommendation, 0 is a specialist. */
  public LossWeights mixed(double searchShare, double recommendationShare) {
    return new LossWeights(
        queryItem * searchShare, itemItem * recommendationShare, nextItem * recommendationShare);
  }

  private static void checkWeight(String kind, double weight) {
    check(
        weight >= 0 && Double.isFinite(weight),
        "loss of %s weighs %s, expected 0 or more",
        kind,
        weight);
  }
}

package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

/**
 * How much each kind of pair counts in the sum of the losses; pairs of weight 0 are not drawn.
 *
 * @param search of queries with the items chosen for them, 0 or more
 * @param together of items with items that go with them, 0 or more
 * @param next of histories with the items that followed them, 0 or more
 */
public record LossWeights(double search, double together, double next) {
  /** All alike. */
  public static final LossWeights EQUAL = new LossWeights(1, 1, 1);

  public LossWeights {
    checkWeight("search", search);
    checkWeight("items met together", together);
    checkWeight("histories", next);
    check(search + together + next > 0, "all losses weigh 0, expected one above");
  }

  /** These weights with the tasks mixed: search against recommendation, 0 is a specialist. */
  public LossWeights mixed(double searchShare, double recommendationShare) {
    return new LossWeights(
        search * searchShare, together * recommendationShare, next * recommendationShare);
  }

  private static void checkWeight(String kind, double weight) {
    check(
        weight >= 0 && Double.isFinite(weight),
        "loss of %s weighs %s, expected 0 or more",
        kind,
        weight);
  }
}

package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

/**
 * Whether each item that somebody met learns a vector of its own, added in the item tower.
 *
 * @param learned whether there is one
 * @param dropout share of items that a step sees without it although it sees their collaborative
 *     half, in [0, 1); an item seen by its text alone is always without
 * @param rate its learning rate in proportion to that of the other weights, above 0
 * @param weightDecay share that a step takes off, times its learning rate, 0 or more
 */
public record ItemEmbeddingSettings(
    boolean learned, double dropout, double rate, double weightDecay) {
  /** Items are their text and their events. */
  public static final ItemEmbeddingSettings NONE = new ItemEmbeddingSettings(false, 0, 1, 0);

  public ItemEmbeddingSettings {
    check(dropout >= 0 && dropout < 1, "dropout of the free part is %s, expected [0, 1)", dropout);
    check(rate > 0, "rate of the free part is %s, expected above 0", rate);
    check(weightDecay >= 0, "weight decay of the free part is %s, expected 0 or more", weightDecay);
  }
}

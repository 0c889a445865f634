package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

/**
 * Learned embeddings of items that have interactions, added in the item tower.
 *
 * @param learned whether there are any
 * @param dropout rate at which a step drops an embedding although it keeps the collaborative
 *     vector, in [0, 1); where that is dropped, so is the embedding
 * @param rate learning rate relative to the other weights', above 0
 * @param weightDecay share that a step takes off, times its learning rate, 0 or more
 */
public record ItemEmbeddingSettings(
    boolean learned, double dropout, double rate, double weightDecay) {
  /** No item embeddings. */
  public static final ItemEmbeddingSettings NONE = new ItemEmbeddingSettings(false, 0, 1, 0);

  public ItemEmbeddingSettings {
    check(
        dropout >= 0 && dropout < 1, "dropout of item embeddings is %s, expected [0, 1)", dropout);
    check(rate > 0, "learning rate of item embeddings is %s, expected above 0", rate);
    check(
        weightDecay >= 0, "weight decay of item embeddings is %s, expected 0 or more", weightDecay);
  }
}

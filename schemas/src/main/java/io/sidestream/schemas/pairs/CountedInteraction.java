package io.sidestream.schemas.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;

/**
 * The part of an interaction that counting needs.
 *
 * @param weight of its kind; below 0 when the user dislikes the item
 */
public record CountedInteraction(ItemInteraction interaction, int weight) {
  /** The interaction, with the weight of its kind. */
  public static CountedInteraction of(Interaction event, KindWeights weights) {
    return new CountedInteraction(ItemInteraction.of(event), weights.of(event.kind()));
  }

  /** Whether it makes pairs and transitions, and takes the newest place of the window. */
  public boolean isLike() {
    return weight > 0;
  }

  /** Whether it takes the item out of the window. */
  public boolean isDislike() {
    return weight < 0;
  }
}

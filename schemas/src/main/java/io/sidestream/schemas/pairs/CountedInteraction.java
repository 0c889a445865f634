package io.sidestream.schemas.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.Optional;

/**
 * The part of an interaction that counting needs.
 *
 * @param weight of its kind; below 0 when the user dislikes the item
 * @param id of the event, where it has one
 */
public record CountedInteraction(
    ItemInteraction interaction, int weight, Optional<EventFingerprint> id) {
  /** An interaction without an id. */
  public CountedInteraction(ItemInteraction interaction, int weight) {
    this(interaction, weight, Optional.empty());
  }

  /** The interaction, with the weight of its kind. */
  public static CountedInteraction of(Interaction event, KindWeights weights) {
    return new CountedInteraction(
        ItemInteraction.of(event), weights.of(event.kind()), event.id().map(EventFingerprint::of));
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

package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.List;

/**
 * The last items of one user, in order of arrival, oldest first, each once. Immutable; a window of
 * n items costs n pairs per event, however many events came before.
 */
public record RecentItems(List<ItemInteraction> interactions) {
  /*
   * The rule that the counting job and the trainer share: an event pairs with every other item of the window
   * whose event time is within the age limit of its own, then takes the newest place in the window. A repeated
   * item moves to the newest place; it pairs again with the others, and never with itself. Arrival order decides, not event
   * time, so that the rule needs no buffer and gives one result for one partition's order.
   */

  /** One item and the time of the interaction, in milliseconds of event time. */
  public record ItemInteraction(ItemId item, long atMillis) {}

  /** The empty window. */
  public static final RecentItems NONE = new RecentItems(List.of());

  public RecentItems {
    interactions = List.copyOf(interactions);
    check(
        interactions.size() <= WindowLimits.MAX_ITEMS,
        "window holds %d items, at most %d are allowed",
        interactions.size(),
        WindowLimits.MAX_ITEMS);
  }

  /** The pairs of this interaction with the window, newest partner last. */
  public List<Pair.ItemItem> pairsWith(ItemInteraction interaction, WindowLimits limits) {
    List<Pair.ItemItem> pairs = new ArrayList<>(interactions.size());
    for (ItemInteraction earlier : interactions) {
      boolean near =
          Math.abs(interaction.atMillis() - earlier.atMillis()) <= limits.age().toMillis();
      if (near && !earlier.item().equals(interaction.item())) {
        pairs.add(Pair.ItemItem.of(earlier.item(), interaction.item()));
      }
    }
    return pairs;
  }

  /** The window after this interaction, which is newest; the oldest above the limit are dropped. */
  public RecentItems with(ItemInteraction interaction, WindowLimits limits) {
    List<ItemInteraction> next = new ArrayList<>(interactions.size() + 1);
    for (ItemInteraction earlier : interactions) {
      if (!earlier.item().equals(interaction.item())) {
        next.add(earlier);
      }
    }
    next.add(interaction);
    int excess = next.size() - limits.items();
    return new RecentItems(excess > 0 ? next.subList(excess, next.size()) : next);
  }
}

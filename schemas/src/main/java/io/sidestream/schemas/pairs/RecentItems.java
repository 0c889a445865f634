package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.List;

/**
 * Sliding window over one user's last distinct items, in order of arrival, oldest first. Immutable;
 * a window of n items costs at most n pairs per event, however many events came before.
 */
public record RecentItems(List<ItemInteraction> interactions) {
  /*
   * The rule, shared by the counting job and the trainer: an event pairs with every other item of
   * the window whose event time is within the age limit of its own, then takes the newest place in
   * the window. A repeated item moves to the newest place; it pairs again with the others, and
   * never with itself. Arrival order decides, not event time: the rule needs no buffer, and gives
   * one result for one partition's order.
   *
   * Transitions follow from the same window: the event's item follows every item that it pairs
   * with, at a lag of that item's place from the newest, at most 20. So a smaller window holds
   * fewer lags, and an item met again counts at its newest place alone.
   *
   * An event counts as often as the weight of its kind says: that of the event which arrives, not
   * of those in the window, so the window holds no weights. A dislike makes neither pairs nor
   * transitions, and takes its item out of the window; what the item made before stays.
   */

  /** An interaction with an item, at a time in milliseconds of event time. */
  public record ItemInteraction(ItemId item, long atMillis) {
    /** The part of an event that pairing needs. */
    public static ItemInteraction of(Interaction event) {
      return new ItemInteraction(event.item(), event.at().toEpochMilli());
    }
  }

  /** The window before the first interaction. */
  public static final RecentItems NONE = new RecentItems(List.of());

  public RecentItems {
    interactions = List.copyOf(interactions);
    check(
        interactions.size() <= WindowLimits.MAX_ITEMS,
        "window holds %d items, at most %d are allowed",
        interactions.size(),
        WindowLimits.MAX_ITEMS);
  }

  /** Takes the items that an interaction pairs with. */
  @FunctionalInterface
  public interface Partners {
    /**
     * @param lag place of the item from the newest of the window, 1 for the newest
     */
    void partner(ItemId item, int lag);
  }

  /** Hands on each item of the window that this interaction pairs with, newest last. */
  public void forEachPartner(ItemInteraction interaction, WindowLimits limits, Partners partners) {
    long age = limits.age().toMillis();
    int size = interactions.size();
    for (int i = 0; i < size; i++) {
      ItemInteraction earlier = interactions.get(i);
      if (Math.abs(interaction.atMillis() - earlier.atMillis()) <= age
          && !earlier.item().equals(interaction.item())) {
        partners.partner(earlier.item(), size - i);
      }
    }
  }

  /** The pairs that this interaction makes, each as often as its weight says. */
  public List<Pair.ItemItem> pairsWith(CountedInteraction event, WindowLimits limits) {
    return event.isLike() ? pairsWith(event.interaction(), limits) : List.of();
  }

  /** The transitions to this interaction's item, by the interaction's weight. */
  public List<Transition> transitionsTo(CountedInteraction event, WindowLimits limits) {
    return event.isLike()
        ? transitionsTo(event.interaction(), limits).stream()
            .map(each -> each.times(event.weight()))
            .toList()
        : List.of();
  }

  /** The window after this interaction: without the item, where it is a dislike. */
  public RecentItems with(CountedInteraction event, WindowLimits limits) {
    if (event.isDislike()) {
      return without(event.interaction().item());
    }
    return event.isLike() ? with(event.interaction(), limits) : this;
  }

  private RecentItems without(ItemId item) {
    List<ItemInteraction> others =
        interactions.stream().filter(each -> !each.item().equals(item)).toList();
    return others.size() == interactions.size() ? this : new RecentItems(others);
  }

  /** The pairs that this interaction makes with the window, newest partner last. */
  public List<Pair.ItemItem> pairsWith(ItemInteraction interaction, WindowLimits limits) {
    List<Pair.ItemItem> pairs = new ArrayList<>(interactions.size());
    forEachPartner(
        interaction,
        limits,
        (partner, lag) -> pairs.add(Pair.ItemItem.of(partner, interaction.item())));
    return pairs;
  }

  /** The transitions from the window to this interaction's item, newest last. */
  public List<Transition> transitionsTo(ItemInteraction interaction, WindowLimits limits) {
    List<Transition> transitions = new ArrayList<>(Transition.MAX_LAG);
    forEachPartner(
        interaction,
        limits,
        (partner, lag) -> {
          if (lag <= Transition.MAX_LAG) {
            transitions.add(new Transition(partner, interaction.item(), Transition.weight(lag)));
          }
        });
    return transitions;
  }

  /**
   * The window after this interaction, which is newest; the oldest beyond the limit are evicted.
   */
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

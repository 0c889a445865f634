package io.sidestream.index.requests;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.RecentEvents;
import io.sidestream.schemas.pairs.RecentItems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What recommendations know of a user. Immutable.
 *
 * @param disliked items that are not recommended, each once, disliked last at the end
 * @param events last ones with an id, copies of which change nothing
 */
record UserHistory(RecentItems recent, List<ItemId> disliked, RecentEvents events) {
  /** Most disliked items of a user; those that were disliked longest ago are forgotten first. */
  static final int MAX_DISLIKED = 500;

  /** Before the first interaction. */
  static final UserHistory NONE = new UserHistory(RecentItems.NONE, List.of(), RecentEvents.NONE);

  UserHistory {
    checkRange(disliked.size(), 0, MAX_DISLIKED, "user dislikes %d items");
    disliked = List.copyOf(disliked);
  }

  /** Whether nothing is known but the recent items. */
  boolean isPlain() {
    return disliked.isEmpty() && events.events().isEmpty();
  }

  /** The history after an interaction: liked again, an item is disliked no more. */
  UserHistory with(CountedInteraction event, HistoryRule rule) {
    if (isCopy(event, rule)) {
      return this;
    }
    boolean named = event.id().isPresent() && rule.keptIds() > 0;
    return new UserHistory(
        recent.with(event, rule.items()),
        dislikedAfter(event),
        named ? events.with(event.id().get(), rule.keptIds()) : events);
  }

  private boolean isCopy(CountedInteraction event, HistoryRule rule) {
    return rule.keptIds() > 0 && event.id().filter(events::holds).isPresent();
  }

  /**
   * What a request just before this interaction would ask; empty where its answer could not hold
   * the item: one that is known or disliked is left out, and without a history there is no user.
   */
  Optional<Prompt> before(CountedInteraction event, HistoryRule rule) {
    List<ItemId> items =
        recent.interactions().stream().map(RecentItems.ItemInteraction::item).toList();
    Set<ItemId> excluded = new HashSet<>(items);
    excluded.addAll(disliked);
    boolean asks =
        event.isLike()
            && !isCopy(event, rule)
            && !items.isEmpty()
            && !excluded.contains(event.interaction().item());
    return asks
        ? Optional.of(
            new Prompt.ForRecommendation(
                items, true, Encounters.ANSWERS, excluded, Optional.empty()))
        : Optional.empty();
  }

  private List<ItemId> dislikedAfter(CountedInteraction event) {
    ItemId item = event.interaction().item();
    if (!event.isDislike() && !disliked.contains(item)) {
      return disliked;
    }
    List<ItemId> after = new ArrayList<>(disliked);
    after.remove(item);
    if (event.isDislike()) {
      after.add(item);
    }
    return after.subList(Math.max(0, after.size() - MAX_DISLIKED), after.size());
  }
}

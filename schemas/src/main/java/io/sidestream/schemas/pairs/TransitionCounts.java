package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sums transitions in memory: what the counting job keeps in state, for a whole log at once. */
public final class TransitionCounts {
  private final Map<ItemId, Map<ItemId, Long>> followers = new HashMap<>();
  private final Map<ItemId, Long> outgoing = new HashMap<>();
  private final Map<ItemId, Long> incoming = new HashMap<>();

  /** Adds one transition. */
  public void add(Transition transition) {
    followers
        .computeIfAbsent(transition.from(), from -> new HashMap<>())
        .merge(transition.to(), transition.weight(), Long::sum);
    outgoing.merge(transition.from(), transition.weight(), Long::sum);
    incoming.merge(transition.to(), transition.weight(), Long::sum);
  }

  /**
   * The items with transitions, each with its best neighbours.
   *
   * @param limit most neighbours of an item
   */
  public Map<ItemId, ItemNeighbours> best(int limit) {
    checkRange(limit, 1, ItemNeighbours.MAX_BEST, "best %d neighbours");
    Set<ItemId> items = new HashSet<>(outgoing.keySet());
    items.addAll(incoming.keySet());
    Map<ItemId, ItemNeighbours> best = new HashMap<>();
    for (ItemId item : items) {
      best.put(
          item,
          new ItemNeighbours(
              outgoing.getOrDefault(item, 0L),
              incoming.getOrDefault(item, 0L),
              ItemNeighbours.best(followers.getOrDefault(item, Map.of()), limit)));
    }
    return best;
  }
}

package io.sidestream.rehearsal;

import io.sidestream.model.ranking.Neighbours;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Transition;
import java.util.HashMap;
import java.util.Map;

/** Neighbours of items that are counted with each event. One thread. */
final class CountedNeighbours implements Neighbours {
  private final int limit;
  private final Map<ItemId, Map<ItemId, Long>> followers = new HashMap<>();
  private final Map<ItemId, Long> outgoing = new HashMap<>();
  private final Map<ItemId, Long> incoming = new HashMap<>();
  private final Map<ItemId, ItemNeighbours> known = new HashMap<>(); // of what did not change

  /**
   * @param limit most neighbours of an item
   */
  CountedNeighbours(int limit) {
    this.limit = limit;
  }

  void add(Transition transition) {
    followers
        .computeIfAbsent(transition.from(), from -> new HashMap<>())
        .merge(transition.to(), transition.weight(), Long::sum);
    outgoing.merge(transition.from(), transition.weight(), Long::sum);
    incoming.merge(transition.to(), transition.weight(), Long::sum);
    known.remove(transition.from());
    known.remove(transition.to());
  }

  @Override
  public ItemNeighbours of(ItemId item) {
    return known.computeIfAbsent(
        item,
        one ->
            new ItemNeighbours(
                outgoing.getOrDefault(one, 0L),
                incoming(one),
                ItemNeighbours.best(followers.getOrDefault(one, Map.of()), limit)));
  }

  @Override
  public long incoming(ItemId item) {
    return incoming.getOrDefault(item, 0L);
  }
}

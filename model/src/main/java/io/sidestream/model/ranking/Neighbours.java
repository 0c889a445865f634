package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.TransitionScores;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The neighbours of items, as counted up to now. Thread-safe. */
public interface Neighbours {
  /** Of no item. */
  Neighbours NONE = of(Map.of());

  /** The neighbours of an item; {@link ItemNeighbours#NONE} for an unknown one. */
  ItemNeighbours of(ItemId item);

  /** The incoming total of an item, in millionths; 0 for an unknown one. */
  long incoming(ItemId item);

  /** The scores of the items that may follow a history, oldest first, each above 0. */
  default Map<ItemId, Double> scores(List<ItemId> history) {
    return new TransitionScores(this::of, this::incoming).of(history);
  }

  /**
   * What each item of a history gives the scores of some items.
   *
   * @return by scored item and item of the history
   */
  default Map<ItemId, Map<ItemId, Double>> addends(List<ItemId> history, Set<ItemId> scored) {
    return new TransitionScores(this::of, this::incoming).addends(history, scored);
  }

  /** Neighbours that do not change. */
  static Neighbours of(Map<ItemId, ItemNeighbours> fixed) {
    return new Neighbours() {
      @Override
      public ItemNeighbours of(ItemId item) {
        return fixed.getOrDefault(item, ItemNeighbours.NONE);
      }

      @Override
      public long incoming(ItemId item) {
        return of(item).incoming();
      }
    };
  }
}

package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.Map;

/** How much items are interacted with now. Thread-safe. */
@FunctionalInterface
public interface Trends {
  /** No item trends. */
  Trends NONE = Map::of;

  /** Decayed counts of a window, above 0; items that are not among them do not trend. */
  Map<ItemId, Double> now();
}

package io.sidestream.schemas.pairs;

import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.Map;

/** Counts what was clicked after each query, in memory. One thread. */
public final class ClickCounts {
  private final Map<String, Map<ItemId, Long>> clicks = new HashMap<>();

  /** Adds clicks on an item after a query. */
  public void add(Pair.QueryItem pair, long number) {
    clicks
        .computeIfAbsent(pair.query(), query -> new HashMap<>())
        .merge(pair.item(), number, Long::sum);
  }

  /**
   * The items clicked after a query up to now.
   *
   * @param query normalized
   */
  public ClickedItems of(String query) {
    Map<ItemId, Long> items = clicks.get(query);
    return items == null ? ClickedItems.NONE : ClickedItems.of(items);
  }

  /** The items clicked after each query up to now. */
  public Map<String, ClickedItems> all() {
    Map<String, ClickedItems> all = new HashMap<>();
    clicks.forEach((query, items) -> all.put(query, ClickedItems.of(items)));
    return all;
  }
}

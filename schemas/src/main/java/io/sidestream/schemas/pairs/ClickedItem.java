package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.Comparator;

/**
 * An item that was clicked after a query.
 *
 * @param clicks how often so far
 */
public record ClickedItem(ItemId item, long clicks) {
  /** Most clicks first, ties by item. */
  public static final Comparator<ClickedItem> MOST_FIRST =
      Comparator.comparingLong(ClickedItem::clicks).reversed().thenComparing(ClickedItem::item);

  public ClickedItem {
    check(clicks > 0, "item %s has %d clicks, expected 1 or more", item, clicks);
  }
}

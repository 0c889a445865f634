package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;

/**
 * The items that were clicked most after one query, the query taken as a whole; totals, never
 * increments, so the last record is right.
 *
 * @param clicks of all items, those not listed among them
 * @param best most clicks first, ties by item; at most {@value #MAX_BEST}
 */
public record ClickedItems(long clicks, List<ClickedItem> best) {
  /** Most items of a query; counts of all are kept. */
  public static final int MAX_BEST = 200;

  /** After a query without clicks. */
  public static final ClickedItems NONE = new ClickedItems(0, List.of());

  public ClickedItems {
    check(clicks >= 0, "clicks are %d, expected 0 or more", clicks);
    checkRange(best.size(), 0, MAX_BEST, "query has %d items");
    best = List.copyOf(best);
    for (int i = 1; i < best.size(); i++) {
      check(
          ClickedItem.MOST_FIRST.compare(best.get(i - 1), best.get(i)) < 0,
          "item %s is after %s, expected the one with more clicks first",
          best.get(i).item(),
          best.get(i - 1).item());
    }
  }

  /** Those clicked most of all that were clicked after a query. */
  public static ClickedItems of(Map<ItemId, Long> clicks) {
    return new ClickedItems(
        clicks.values().stream().mapToLong(Long::longValue).sum(),
        clicks.entrySet().stream()
            .map(each -> new ClickedItem(each.getKey(), each.getValue()))
            .sorted(ClickedItem.MOST_FIRST)
            .limit(MAX_BEST)
            .toList());
  }

  /** Whether nothing was clicked. */
  public boolean isEmpty() {
    return clicks == 0 && best.isEmpty();
  }
}

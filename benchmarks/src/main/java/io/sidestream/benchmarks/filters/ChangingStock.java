package io.sidestream.benchmarks.filters;

import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * What was sent of the stock of each item, and when: what a reply may hold. Thread-safe.
 *
 * <p>A change may count from the moment before it is sent, and must count a lag after that.
 */
final class ChangingStock {
  static final String ATTRIBUTE = "stock";

  /** Lets through what is in stock. */
  static final ItemFilter FILTER =
      new ItemFilter(ATTRIBUTE, List.of("yes"), List.of(), Optional.empty(), Optional.empty());

  /** Whether an item is in stock, or is there at all. */
  enum Stock {
    YES,
    NO,
    REMOVED
  }

  private record Change(Stock stock, long nanos) {}

  private final Map<ItemId, List<Change>> changes = new ConcurrentHashMap<>();
  private final long lagNanos;

  ChangingStock(long lagNanos) {
    this.lagNanos = lagNanos;
  }

  /** Notes a change; called before it is sent. */
  void change(ItemId item, Stock stock, long nanos) {
    changes
        .computeIfAbsent(item, unused -> new CopyOnWriteArrayList<>())
        .add(new Change(stock, nanos));
  }

  /** Whether an index may have seen the item in stock at a moment from a request to its reply. */
  boolean mayBeIn(ItemId item, long requested, long replied) {
    return mayBe(item, requested, replied, stock -> stock == Stock.YES);
  }

  /** Whether an index may have known the item at such a moment. */
  boolean mayBeKnown(ItemId item, long requested, long replied) {
    return mayBe(item, requested, replied, stock -> stock != Stock.REMOVED);
  }

  private boolean mayBe(ItemId item, long requested, long replied, Predicate<Stock> wanted) {
    List<Change> all = changes.getOrDefault(item, List.of());
    for (int i = 0; i < all.size(); i++) {
      boolean begun = all.get(i).nanos() <= replied;
      boolean over = i + 1 < all.size() && all.get(i + 1).nanos() + lagNanos < requested;
      if (wanted.test(all.get(i).stock()) && begun && !over) {
        return true;
      }
    }
    return false;
  }

  /** Whether the item's stock changed so late that more than one state may have been seen. */
  boolean isUnsettled(ItemId item, long requested, long replied) {
    return changes.getOrDefault(item, List.of()).stream()
        .anyMatch(change -> change.nanos() <= replied && change.nanos() + lagNanos >= requested);
  }
}

package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.List;

/**
 * The items one person met last, in order of arrival, oldest first, each once. Immutable; a window
 * of n items costs n pairs per event, however many events came before.
 */
public record RecentItems(List<Visit> visits) {
  /*
   * The rule, which the counting job and the trainer share: an event pairs with every other item of the window whose
   * event time is within the age limit of its own, then takes the newest place in the window. Meeting an item again
   * moves it to the newest place; it pairs anew with the others, and never with itself. Arrival order decides, not event
   * time, so that the rule needs no buffer and gives one result for one partition's order.
   */

  /** One item met at one time, in milliseconds of event time. */
  public record Visit(ItemId item, long atMillis) {}

  /** No item met yet. */
  public static final RecentItems NONE = new RecentItems(List.of());

  public RecentItems {
    visits = List.copyOf(visits);
    check(
        visits.size() <= WindowLimits.MAX_ITEMS,
        "window holds %d items, at most %d are allowed",
        visits.size(),
        WindowLimits.MAX_ITEMS);
  }

  /** The pairs that this visit makes with the window, newest partner last. */
  public List<Pair.ItemItem> pairsWith(Visit visit, WindowLimits limits) {
    List<Pair.ItemItem> pairs = new ArrayList<>(visits.size());
    for (Visit earlier : visits) {
      boolean near = Math.abs(visit.atMillis() - earlier.atMillis()) <= limits.age().toMillis();
      if (near && !earlier.item().equals(visit.item())) {
        pairs.add(Pair.ItemItem.of(earlier.item(), visit.item()));
      }
    }
    return pairs;
  }

  /**
   * The window after this visit: the visit is newest, the oldest beyond the limit are forgotten.
   */
  public RecentItems with(Visit visit, WindowLimits limits) {
    List<Visit> next = new ArrayList<>(visits.size() + 1);
    for (Visit earlier : visits) {
      if (!earlier.item().equals(visit.item())) {
        next.add(earlier);
      }
    }
    next.add(visit);
    int excess = next.size() - limits.items();
    return new RecentItems(excess > 0 ? next.subList(excess, next.size()) : next);
  }
}

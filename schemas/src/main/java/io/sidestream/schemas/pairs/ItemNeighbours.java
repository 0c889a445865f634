package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;

/**
 * The items that followed one item most, and its totals; totals, never increments, so the last
 * record is right.
 *
 * @param outgoing sum of the weights of all transitions from the item, those to items not listed
 *     among them; unit: millionths
 * @param incoming sum of the weights of all transitions to the item; unit: millionths
 * @param best neighbours, highest count first, ties by item
 */
public record ItemNeighbours(long outgoing, long incoming, List<Neighbour> best) {
  /** Most neighbours of an item: its record stays below Kafka's limit with the longest ids. */
  public static final int MAX_BEST = 1_000;

  /** Neighbours that are kept of an item without any setting. */
  public static final int DEFAULT_BEST = 200;

  /** Of an item without transitions. */
  public static final ItemNeighbours NONE = new ItemNeighbours(0, 0, List.of());

  public ItemNeighbours {
    check(
        outgoing >= 0 && incoming >= 0,
        "totals are %d outgoing and %d incoming, expected 0 or more",
        outgoing,
        incoming);
    checkRange(best.size(), 0, MAX_BEST, "item has %d neighbours");
    best = List.copyOf(best);
    for (int i = 1; i < best.size(); i++) {
      check(
          Neighbour.BEST_FIRST.compare(best.get(i - 1), best.get(i)) < 0,
          "neighbour %s is after %s, expected the higher count first",
          best.get(i).item(),
          best.get(i - 1).item());
    }
  }

  /** The highest of these counts, at most {@code limit}; counts of 0 or less are left out. */
  public static List<Neighbour> best(Map<ItemId, Long> counts, int limit) {
    return counts.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(each -> new Neighbour(each.getKey(), each.getValue()))
        .sorted(Neighbour.BEST_FIRST)
        .limit(limit)
        .toList();
  }

  /** Whether there is nothing to say about the item. */
  public boolean isEmpty() {
    return outgoing == 0 && incoming == 0 && best.isEmpty();
  }
}

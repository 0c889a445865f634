package io.sidestream.ingest.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Totals of one item's transitions, and the best of its successors.
 *
 * @param outgoing sum of the counts of all successors; below zero until the transitions that an
 *     erasure takes back arrive, likewise {@code incoming}
 * @param limit most successors in {@code best}
 * @param best successors with the highest counts, best first
 */
record NeighbourTotals(long outgoing, long incoming, int limit, List<Neighbour> best) {
  NeighbourTotals {
    check(best.size() <= limit, "%d best successors, expected at most %d", best.size(), limit);
    best = List.copyOf(best);
  }

  static NeighbourTotals none(int limit) {
    return new NeighbourTotals(0, 0, limit, List.of());
  }

  /** The same with totals changed, and other best successors. */
  NeighbourTotals plus(long moreOutgoing, long moreIncoming, List<Neighbour> newBest) {
    return new NeighbourTotals(outgoing + moreOutgoing, incoming + moreIncoming, limit, newBest);
  }

  /**
   * The best successors after some counts changed; empty where one that is not listed may have
   * become one of them, so that only all counts can say.
   *
   * @param changed successors with their counts now, 0 or less for none
   */
  Optional<List<Neighbour>> bestAfter(Map<ItemId, Long> changed) {
    boolean complete = best.size() < limit;
    Map<ItemId, Long> counts = new HashMap<>();
    for (Neighbour neighbour : best) {
      if (!complete && changed.getOrDefault(neighbour.item(), Long.MAX_VALUE) < neighbour.count()) {
        return Optional.empty();
      }
      counts.put(neighbour.item(), neighbour.count());
    }
    counts.putAll(changed);
    return Optional.of(ItemNeighbours.best(counts, limit));
  }

  boolean isEmpty() {
    return outgoing == 0 && incoming == 0 && best.isEmpty();
  }

  /** What the topic says about the item. */
  ItemNeighbours neighbours() {
    return new ItemNeighbours(Math.max(0, outgoing), Math.max(0, incoming), best);
  }
}

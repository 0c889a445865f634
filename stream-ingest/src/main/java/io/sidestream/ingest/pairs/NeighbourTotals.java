package io.sidestream.ingest.pairs;

import static io.sidestream.schemas.Checks.check;

/**
 * Totals of one item's transitions, and the best of its successors.
 *
 * @param outgoing sum of the counts of all successors; below zero until the transitions that an
 *     erasure takes back arrive, likewise {@code incoming}
 * @param limit most successors in {@code best}
 */
record NeighbourTotals(long outgoing, long incoming, int limit, BestSuccessors best) {
  NeighbourTotals {
    check(best.size() <= limit, "%d best successors, expected at most %d", best.size(), limit);
  }

  static NeighbourTotals none(int limit) {
    return new NeighbourTotals(0, 0, limit, BestSuccessors.NONE);
  }

  /** The same with totals changed, and other best successors. */
  NeighbourTotals plus(long moreOutgoing, long moreIncoming, BestSuccessors newBest) {
    return new NeighbourTotals(outgoing + moreOutgoing, incoming + moreIncoming, limit, newBest);
  }

  boolean isEmpty() {
    return outgoing == 0 && incoming == 0 && best.size() == 0;
  }
}

package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;

/**
 * One item that followed another in the events of a user: directed, and the less the more items lie
 * between.
 *
 * @param weight what it adds to the count of {@code from} → {@code to}; unit: millionths
 */
public record Transition(ItemId from, ItemId to, long weight) {
  /** One in the unit of counts: the weight of a transition to the very next item. */
  public static final long ONE = 1_000_000;

  /** Greatest lag: an item followed by this many others is forgotten. */
  public static final int MAX_LAG = 20;

  private static final double DECAY = 0.9;
  private static final long[] WEIGHTS = weights(); // [lag - 1]

  public Transition {
    check(!from.equals(to), "item %s follows itself, expected another", from);
    check(weight > 0, "transition has weight %d, expected 1 or more", weight);
  }

  /** This transition as often as an event counts. */
  Transition times(int count) {
    return count == 1 ? this : new Transition(from, to, weight * count);
  }

  /** The weight at a lag, 1 for the very next item: .9 to the power of lag - 1. */
  public static long weight(int lag) {
    checkRange(lag, 1, MAX_LAG, "lag of %d items");
    return WEIGHTS[lag - 1];
  }

  /** Whole numbers, so that sums are exact in any order. */
  private static long[] weights() {
    long[] weights = new long[MAX_LAG];
    for (int i = 0; i < MAX_LAG; i++) {
      weights[i] = Math.round(StrictMath.pow(DECAY, i) * ONE);
    }
    return weights;
  }
}

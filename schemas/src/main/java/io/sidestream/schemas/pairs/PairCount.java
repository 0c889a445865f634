package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

/**
 * How often a pair was met so far: a total, never an increment, so that the last one read is right.
 */
public record PairCount(Pair pair, long total) {
  public PairCount {
    check(total > 0, "pair total is %d, expected 1 or more", total);
  }
}

package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

/** Co-occurrence count of a pair: a total, never an increment, so the last record is right. */
public record PairCount(Pair pair, long total) {
  public PairCount {
    check(total > 0, "pair total is %d, expected 1 or more", total);
  }
}

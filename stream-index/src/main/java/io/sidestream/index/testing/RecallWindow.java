package io.sidestream.index.testing;

import java.util.BitSet;
import java.util.OptionalDouble;

/** Whether each of the last tests was a hit, and their share. One thread. */
final class RecallWindow {
  /** Tests of a window: the standard error of a share is .022 at most. */
  static final int TESTS = 500;

  /** Tests below which nothing is said. */
  static final int LEAST = 50;

  private final BitSet hits = new BitSet(TESTS);
  private int next; // the place of the oldest, once all are taken
  private int size;

  void add(boolean hit) {
    hits.set(next, hit);
    next = (next + 1) % TESTS;
    size = Math.min(size + 1, TESTS);
  }

  /** Hits over tests; empty before there are {@value #LEAST}. */
  OptionalDouble recall() {
    return size < LEAST
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) hits.cardinality() / size);
  }
}

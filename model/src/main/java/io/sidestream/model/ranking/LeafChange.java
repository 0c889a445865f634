package io.sidestream.model.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows that come to an ID and that leave it. One thread. */
final class LeafChange {
  static final int[] NO_ROWS = {};

  private final int[] codes;
  private final List<Integer> added = new ArrayList<>();
  private final Set<Integer> removed = new HashSet<>();

  /**
   * @param codes shape [level], not copied
   */
  LeafChange(int[] codes) {
    this.codes = codes;
  }

  int[] codes() {
    return codes;
  }

  /** A row that the ID does not have. */
  void add(int row) {
    added.add(row);
  }

  /** A row that the ID has. */
  void remove(int row) {
    removed.add(row);
  }

  /** Whether none is left of that number of rows. */
  boolean empties(int rows) {
    return rows + added.size() == removed.size();
  }

  /** The rows after the change, ascending. */
  int[] applied(int[] before) {
    return IntStream.concat(
            Arrays.stream(before).filter(row -> !removed.contains(row)),
            added.stream().mapToInt(Integer::intValue))
        .sorted()
        .toArray();
  }
}

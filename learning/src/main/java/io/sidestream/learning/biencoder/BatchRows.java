package io.sidestream.learning.biencoder;

import java.util.LinkedHashMap;
import java.util.Map;

/** The distinct items that one step looks at, each in a place of its own, in order of first use. */
final class BatchRows {
  private final Map<Integer, Integer> places = new LinkedHashMap<>(); // row → place

  /** The place of an item, a new one when it is new to the step. */
  int place(int row) {
    return places.computeIfAbsent(row, unused -> places.size());
  }

  /** R. */
  int size() {
    return places.size();
  }

  /** The items' rows, shape [place]. */
  int[] rows() {
    return places.keySet().stream().mapToInt(Integer::intValue).toArray();
  }
}

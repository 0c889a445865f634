package io.sidestream.learning.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Which states of a batch answer, and with which items. Arrays are not copied.
 *
 * @param places among all states of the batch
 * @param rows of the items
 */
record Targets(long[] places, int[] rows) {
  /**
   * @param length S, positions of each window with its padding
   */
  static Targets of(List<Windows.Window> windows, int length) {
    List<Long> places = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int b = 0; b < windows.size(); b++) {
      Windows.Window window = windows.get(b);
      for (int at = 0; at < window.length(); at++) {
        if (window.targets()[at]) {
          places.add((long) b * length + at);
          rows.add(window.rows()[at + 1]);
        }
      }
    }
    return new Targets(
        places.stream().mapToLong(Long::longValue).toArray(),
        rows.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The last position of each search. */
  static long[] last(List<SequenceExamples.Search> searches, int length) {
    long[] places = new long[searches.size()];
    for (int b = 0; b < places.length; b++) {
      places[b] = (long) b * length + searches.get(b).prompt().length() - 1;
    }
    return places;
  }

  /** The last position of each history. */
  static long[] last(int[] lengths, int length) {
    long[] places = new long[lengths.length];
    for (int b = 0; b < places.length; b++) {
      places[b] = (long) b * length + lengths[b] - 1;
    }
    return places;
  }
}

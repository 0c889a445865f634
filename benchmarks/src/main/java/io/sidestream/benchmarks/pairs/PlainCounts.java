package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.Interaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts pairs as a plain program does: lists, maps and text. */
final class PlainCounts {
  private final UserWindows windows = new UserWindows();
  private final Map<String, Total> totals = new HashMap<>();
  private final List<Total> changed = new ArrayList<>();
  private long pairs;

  /** The count of one pair. */
  static final class Total {
    final String low;
    final String high;
    long count;
    boolean changed;

    Total(String low, String high) {
      this.low = low;
      this.high = high;
    }

    String key() {
      return "i\t" + low + "\t" + high;
    }
  }

  /** Counts what an event adds. */
  void add(Interaction event) {
    windows.add(event, this::count);
  }

  private void count(String one, String other) {
    boolean inOrder = one.compareTo(other) < 0;
    String low = inOrder ? one : other;
    String high = inOrder ? other : one;
    Total total = totals.computeIfAbsent("i\t" + low + "\t" + high, key -> new Total(low, high));
    total.count++;
    pairs++;
    if (!total.changed) {
      total.changed = true;
      changed.add(total);
    }
  }

  /** Number of pairs counted. */
  long pairs() {
    return pairs;
  }

  /** Number of different pairs. */
  int size() {
    return totals.size();
  }

  /** What changed since the last call. */
  List<Total> takeChanged() {
    List<Total> taken = new ArrayList<>(changed);
    taken.forEach(total -> total.changed = false);
    changed.clear();
    return taken;
  }
}

package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts pairs as a plain program does: lists, maps and text. */
final class PlainCounts {
  static final WindowLimits LIMITS = WindowLimits.DEFAULT;

  private final Map<String, List<Seen>> windows = new HashMap<>();
  private final Map<String, Total> totals = new HashMap<>();
  private final List<Total> changed = new ArrayList<>();
  private long pairs;

  private record Seen(String item, long millis) {}

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
    List<Seen> window = windows.computeIfAbsent(event.user().value(), user -> new ArrayList<>());
    String item = event.item().value();
    long millis = event.at().toEpochMilli();
    int same = -1;
    for (int i = 0; i < window.size(); i++) {
      Seen seen = window.get(i);
      if (seen.item().equals(item)) {
        same = i;
      } else if (Math.abs(millis - seen.millis()) <= LIMITS.age().toMillis()) {
        count(seen.item(), item);
      }
    }
    if (same >= 0) {
      window.remove(same);
    } else if (window.size() == LIMITS.items()) {
      window.remove(0);
    }
    window.add(new Seen(item, millis));
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

  /** The count under a pair's key; 0 for none. */
  long total(String key) {
    Total total = totals.get(key);
    return total == null ? 0 : total.count;
  }
}

package io.sidestream.ingest.coding;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** Marks, under the current key, the generations that an item has no codes in yet; counts them. */
final class UncodedItems {
  private final MapState<Long, Boolean> marks;
  private final Map<Long, Long> counts = new HashMap<>();

  UncodedItems(MapState<Long, Boolean> marks) {
    this.marks = marks;
  }

  boolean isMarked(long generation) throws Exception {
    return marks.contains(generation);
  }

  void mark(long generation) throws Exception {
    if (!marks.contains(generation)) {
      marks.put(generation, true);
      counts.merge(generation, 1L, Long::sum);
    }
  }

  void clear(long generation) throws Exception {
    if (marks.contains(generation)) {
      marks.remove(generation);
      counts.computeIfPresent(generation, (number, count) -> Math.max(0, count - 1));
    }
  }

  /** Whether a generation's marks were counted since the subtask started. */
  boolean isCounted(long generation) {
    return counts.containsKey(generation);
  }

  /** Starts to count a generation's marks again; each is then counted by {@link #count}. */
  void recount(long generation) {
    counts.put(generation, 0L);
  }

  void count(long generation) {
    counts.merge(generation, 1L, Long::sum);
  }

  long of(long generation) {
    return counts.getOrDefault(generation, 0L);
  }

  void forget(long generation) {
    counts.remove(generation);
  }

  long total() {
    return counts.values().stream().mapToLong(count -> count).sum();
  }
}

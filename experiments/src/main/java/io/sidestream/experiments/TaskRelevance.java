package io.sidestream.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * To which task each item matters: whether it is among the third that people met, or found, most.
 */
enum TaskRelevance {
  BOTH("often met and often found"),
  RECOMMENDATION("often met"),
  SEARCH("often found"),
  NEITHER("neither");

  private final String label;

  TaskRelevance(String label) {
    this.label = label;
  }

  /** As written in charts. */
  String label() {
    return label;
  }

  /**
   * The rows of each kind, ascending.
   *
   * @param interactions how often each item was met, shape [row]
   * @param searches how often each item was found, shape [row]
   */
  static Map<TaskRelevance, List<Integer>> rows(float[] interactions, float[] searches) {
    boolean[] met = upperThird(interactions);
    boolean[] found = upperThird(searches);
    Map<TaskRelevance, List<Integer>> rows = new LinkedHashMap<>();
    for (TaskRelevance kind : values()) {
      rows.put(kind, new ArrayList<>());
    }
    for (int row = 0; row < met.length; row++) {
      rows.get(of(met[row], found[row])).add(row);
    }
    return rows;
  }

  private static TaskRelevance of(boolean met, boolean found) {
    if (met) {
      return found ? BOTH : RECOMMENDATION;
    }
    return found ? SEARCH : NEITHER;
  }

  /** Whether a row is among the third with the highest counts above zero, equal ones by row. */
  private static boolean[] upperThird(float[] counts) {
    boolean[] upper = new boolean[counts.length];
    IntStream.range(0, counts.length)
        .boxed()
        .filter(row -> counts[row] > 0)
        .sorted((a, b) -> Float.compare(counts[b], counts[a]))
        .limit(counts.length / 3)
        .forEach(row -> upper[row] = true);
    return upper;
  }
}

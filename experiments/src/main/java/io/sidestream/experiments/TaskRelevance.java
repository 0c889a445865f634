package io.sidestream.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The tasks in which an item is popular: among the third with the most events of the task. */
enum TaskRelevance {
  BOTH("popular in both tasks"),
  RECOMMENDATION("popular in recommendation"),
  SEARCH("popular in search"),
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
   * @param interactions of each item, shape [row]
   * @param searches for each item, shape [row]
   */
  static Map<TaskRelevance, List<Integer>> rows(float[] interactions, float[] searches) {
    boolean[] inRecommendation = upperThird(interactions);
    boolean[] inSearch = upperThird(searches);
    Map<TaskRelevance, List<Integer>> rows = new LinkedHashMap<>();
    for (TaskRelevance kind : values()) {
      rows.put(kind, new ArrayList<>());
    }
    for (int row = 0; row < inRecommendation.length; row++) {
      rows.computeIfAbsent(of(inRecommendation[row], inSearch[row]), kind -> new ArrayList<>())
          .add(row);
    }
    return rows;
  }

  private static TaskRelevance of(boolean inRecommendation, boolean inSearch) {
    if (inRecommendation) {
      return inSearch ? BOTH : RECOMMENDATION;
    }
    return inSearch ? SEARCH : NEITHER;
  }

  /** Whether a row is among the third with the highest counts above zero, ties by row. */
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

package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRelevanceTest {
  @Test
  void rows_areThoseOfTheUpperThirds() {
    Map<TaskRelevance, List<Integer>> rows =
        TaskRelevance.rows(new float[] {9, 8, 1, 1, 1, 0}, new float[] {5, 0, 4, 0, 0, 0});
    assertEquals(List.of(0), rows.get(TaskRelevance.BOTH));
    assertEquals(List.of(1), rows.get(TaskRelevance.RECOMMENDATION));
    assertEquals(List.of(2), rows.get(TaskRelevance.SEARCH));
    assertEquals(List.of(3, 4, 5), rows.get(TaskRelevance.NEITHER));
  }

  @Test
  void rows_whereNothingWasSearched_holdNoneThatIsFound() {
    Map<TaskRelevance, List<Integer>> rows =
        TaskRelevance.rows(new float[] {3, 2, 1}, new float[3]);
    assertEquals(List.of(), rows.get(TaskRelevance.BOTH));
    assertEquals(List.of(), rows.get(TaskRelevance.SEARCH));
    assertEquals(List.of(0), rows.get(TaskRelevance.RECOMMENDATION));
  }
}

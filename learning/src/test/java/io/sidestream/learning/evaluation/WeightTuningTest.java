package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightTuningTest {
  @Test
  void tune_fewCases_keepsTheDefaults() {
    CollectedCases none = new CollectedCases(List.of());
    assertEquals(RankingWeights.DEFAULT, WeightTuning.tune(none, Task.SEARCH));
  }

  @Test
  void grid_beginsWithTheDefaults_andHoldsVectorsAlone() {
    List<RankingWeights> grid = WeightTuning.grid(false);
    assertEquals(RankingWeights.DEFAULT, grid.get(0));
    assertEquals(134, grid.size());
    assertTrue(grid.stream().anyMatch(weights -> weights.generator() == 0));
    assertTrue(grid.stream().allMatch(weights -> weights.queryLog() == 0));
  }

  @Test
  void grid_withQueryLog_beginsWithTheDefaults_andHoldsTheGridWithout() {
    List<RankingWeights> grid = WeightTuning.grid(true);
    assertEquals(RankingWeights.DEFAULT, grid.get(0));
    assertEquals(799, grid.size());
    assertEquals(WeightTuning.grid(false), grid.subList(0, 134));
  }

  @Test
  void collecting_recommendation_hasNoQueryLog() {
    assertEquals(0, WeightTuning.collecting(Task.RECOMMENDATION).queryLog());
    assertTrue(WeightTuning.collecting(Task.SEARCH).queryLog() > 0);
  }
}

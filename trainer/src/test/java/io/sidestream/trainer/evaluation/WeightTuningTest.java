package io.sidestream.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.answers.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightTuningTest {
  @Test
  void tune_fewCases_keepsTheDefaults() {
    CollectedCases none = new CollectedCases(List.of(), List.of());
    assertEquals(RankingWeights.DEFAULT, WeightTuning.tune(none, Task.SEARCH));
  }

  @Test
  void grid_beginsWithTheDefaults_andHoldsVectorsAlone() {
    List<RankingWeights> grid = WeightTuning.grid();
    assertEquals(RankingWeights.DEFAULT, grid.get(0));
    assertEquals(134, grid.size());
    assertTrue(grid.stream().anyMatch(weights -> weights.generator() == 0));
  }
}

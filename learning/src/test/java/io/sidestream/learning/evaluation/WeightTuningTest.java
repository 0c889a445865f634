package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightTuningTest {
  @Test
  void tune_fewCases_keepsTheDefaults() {
    CollectedCases none = new CollectedCases(List.of());
    assertEquals(RankingWeights.DEFAULT, WeightTuning.tune(none, Task.RECOMMENDATION));
    assertEquals(
        RankingWeights.DEFAULT.with(RankingFeature.TITLE, RankingWeights.TITLE_FIRST),
        WeightTuning.tune(none, Task.SEARCH));
  }

  @Test
  void grid_ofEachFeature_beginsWithZero_andHoldsItsTypicalWeight() {
    for (RankingFeature feature : RankingFeature.values()) {
      double[] grid = WeightTuning.grid(feature);
      double typical = WeightTuning.collecting(taskOf(feature)).of(feature);
      assertEquals(0, grid[0], feature.label());
      assertTrue(typical > 0, feature.label());
      assertTrue(Arrays.stream(grid).anyMatch(weight -> weight == typical), feature.label());
    }
  }

  private static Task taskOf(RankingFeature feature) {
    return feature.isOf(Task.SEARCH) ? Task.SEARCH : Task.RECOMMENDATION;
  }

  @Test
  void collecting_task_hasItsFeaturesAlone() {
    for (Task task : Task.values()) {
      for (RankingFeature feature : RankingFeature.values()) {
        assertEquals(feature.isOf(task), WeightTuning.collecting(task).of(feature) > 0);
      }
    }
  }

  /** Found by a rehearsal: where the items of validation sorted first, the sums were no numbers. */
  @Test
  void balanced_weightsThatTellNoItemsApart_addNothing() {
    Map<RankingFeature, Double> spread =
        Map.of(RankingFeature.DENSE, 2.0, RankingFeature.GENERATOR, 0.0);
    RankingWeights dense = RankingWeights.DEFAULT.only(RankingFeature.DENSE);
    RankingWeights none = dense.with(RankingFeature.DENSE, 0);
    RankingWeights alike = none.with(RankingFeature.GENERATOR, 3);
    assertEquals(
        Map.of(RankingFeature.DENSE, 0.5, RankingFeature.GENERATOR, 0.0),
        WeightTuning.balanced(List.of(none, dense, alike), spread));
  }

  @Test
  void rescaled_weights_keepTheirProportions_atATypicalScale() {
    RankingWeights tiny = new RankingWeights(1e-6, 0.002, 1e-5, 0.05);
    RankingWeights scaled = WeightTuning.rescaled(tiny);
    assertEquals(10, scaled.of(RankingFeature.DENSE), 1e-9);
    assertEquals(0.005, scaled.of(RankingFeature.GENERATOR), 1e-9);
    assertEquals(0.05, scaled.of(RankingFeature.POPULARITY), 1e-9);
    RankingWeights none = tiny.only(RankingFeature.WORDS).with(RankingFeature.WORDS, 0);
    assertEquals(none, WeightTuning.rescaled(none));
  }
}

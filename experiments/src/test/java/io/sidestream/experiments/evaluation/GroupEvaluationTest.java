package io.sidestream.experiments.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.Ranking;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupEvaluationTest {
  @Test
  void figure_ranks_areWorthWhatTheMetricSays() {
    GroupEvaluation measured = TinyGroup.items("a", 0, 9, 29, 30);

    assertEquals(0.5, mean(measured, Metric.RECALL_AT_10));
    assertEquals(0.75, mean(measured, Metric.RECALL_AT_30));
    assertEquals((1 + log2(11)) / 4, mean(measured, Metric.NDCG_AT_10), 1e-12);
    assertEquals((1 + log2(11) + log2(31)) / 4, mean(measured, Metric.NDCG_AT_30), 1e-12);
    assertEquals(0, mean(TinyGroup.items("b", Ranking.MISSING), Metric.NDCG_AT_30));
  }

  @Test
  void figure_standardError_isTheDeviationOverTheRootOfCases() {
    MeanEstimate figure = TinyGroup.items("a", 0, 0, 99, 99).figure(Metric.RECALL_AT_30, Slice.ALL);

    assertEquals(0.5, figure.mean());
    assertEquals(Math.sqrt(1 / 3.0), figure.deviation());
    assertEquals(Math.sqrt(1 / 3.0) / 2, figure.standardError(), 1e-15);
    assertEquals(4, figure.clusters());
  }

  @Test
  void figure_breakdowns_restrictTheCases() {
    GroupEvaluation measured = TinyGroup.items("a", 0, 99, 0, 99);

    assertEquals(1, mean(measured, Slice.HEAD));
    assertEquals(0, mean(measured, Slice.TORSO));
    assertEquals(0.5, mean(measured, Slice.TAIL));
    assertEquals(1 / 3.0, mean(measured, Slice.BELOW_HEAD), 1e-12);
    assertEquals(1 / 3.0, mean(measured, Slice.NEW_PAIRS), 1e-12);
    assertEquals(0.5, mean(measured, Slice.NEVER_SEARCHED));
    assertEquals(0.5, mean(measured, Slice.SEARCHED));
    assertEquals(0, mean(measured, Slice.COLD));
    assertEquals(2 / 3.0, mean(measured, Slice.WARM), 1e-12);
    assertEquals("never searched", Slice.NEVER_SEARCHED.label());
  }

  @Test
  void figure_partWithoutCases_isNotANumber() {
    MeanEstimate figure = TinyGroup.items("a", 0).figure(Metric.RECALL_AT_30, Slice.COLD);

    assertTrue(Double.isNaN(figure.mean()));
    assertEquals(0, figure.clusters());
  }

  @Test
  void values_perId_areThoseOfTheIds() {
    GroupEvaluation measured =
        new GroupEvaluation("a", TinyGroup.tags(2), List.of(Ranking.of(40, 3), Ranking.of(2, 50)));

    assertArrayEquals(
        new double[] {1, 0}, measured.values(Metric.RECALL_AT_30, Unit.ID, Slice.ALL).values());
    assertArrayEquals(
        new double[] {0, 1}, measured.values(Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL).values());
  }

  @Test
  void values_perIdOfASystemWithoutIds_isRefused() {
    GroupEvaluation measured = TinyGroup.items("a", 0);

    assertFalse(measured.hasIds());
    assertThrows(
        IllegalArgumentException.class,
        () -> measured.values(Metric.RECALL_AT_30, Unit.ID, Slice.ALL));
  }

  @Test
  void new_someWithIdsAndSomeWithout_isRefused() {
    List<Ranking> mixed = List.of(Ranking.ofItem(0), Ranking.of(0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new GroupEvaluation("a", TinyGroup.tags(2), mixed));
  }

  @Test
  void new_otherNumberOfRankings_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new GroupEvaluation("a", TinyGroup.tags(2), List.of(Ranking.ofItem(0))));
  }

  @Test
  void of_manyCases_keepsTheirOrder() {
    CaseGroup group = TinyGroup.tags(500);
    GroupEvaluation measured =
        GroupEvaluation.of("a", group, one -> Ranking.ofItem(one.relevant()));

    for (int i = 0; i < 500; i++) {
      assertEquals(i, measured.rankings().get(i).item());
    }
  }

  private static double mean(GroupEvaluation measured, Metric metric) {
    return measured.figure(metric, Slice.ALL).mean();
  }

  private static double mean(GroupEvaluation measured, Slice part) {
    return measured.figure(Metric.RECALL_AT_30, part).mean();
  }

  /** One over the logarithm of n to base 2. */
  private static double log2(int n) {
    return Math.log(2) / Math.log(n);
  }
}

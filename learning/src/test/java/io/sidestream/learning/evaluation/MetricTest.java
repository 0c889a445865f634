package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void recall_ranksAtTheEdges_countOrNot() {
    int[] ranks = {0, 9, 10, 29, 30, Ranking.MISSING};
    assertEquals(2.0 / 6, Metric.RECALL_AT_10.mean(ranks), 1e-12);
    assertEquals(4.0 / 6, Metric.RECALL_AT_30.mean(ranks), 1e-12);
  }

  @Test
  void ndcg_bestRank_isOne_andFallsByTheLogarithm() {
    assertEquals(1, Metric.NDCG_AT_10.mean(new int[] {0}), 1e-12);
    assertEquals((1 + 0.5) / 2, Metric.NDCG_AT_10.mean(new int[] {0, 2}), 1e-12);
    assertEquals((1 + 0.5) / 3, Metric.NDCG_AT_10.mean(new int[] {0, 2, 10}), 1e-12);
  }

  @Test
  void mean_noCases_isZero() {
    assertEquals(0, Metric.RECALL_AT_30.mean(new int[0]));
  }
}

package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RankMetricsTest {
  @Test
  void recall_ranksAtTheEdges_countOrNot() {
    RankMetrics tally = new RankMetrics();
    for (int rank : new int[] {0, 9, 10, 29, 30, RankMetrics.MISSING}) {
      tally.add(rank);
    }
    assertEquals(6, tally.cases());
    assertEquals(2.0 / 6, tally.recallAt10(), 1e-12);
    assertEquals(4.0 / 6, tally.recallAt30(), 1e-12);
  }

  @Test
  void ndcg_bestRank_isOne_andFallsByTheLogarithm() {
    RankMetrics tally = new RankMetrics();
    tally.add(0);
    assertEquals(1, tally.ndcgAt10(), 1e-12);
    tally.add(2);
    assertEquals((1 + 0.5) / 2, tally.ndcgAt10(), 1e-12);
    tally.add(10);
    assertEquals((1 + 0.5) / 3, tally.ndcgAt10(), 1e-12);
  }

  @Test
  void recall_noCases_isZero() {
    assertEquals(0, new RankMetrics().recallAt30());
  }
}

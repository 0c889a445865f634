package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");
  private static final ItemId C = new ItemId("c");
  private static final ItemId D = new ItemId("d");
  private static final Baselines BASELINES =
      new Baselines(List.of(A, B, C, D), new float[] {1, 5, 1, 9});

  @Test
  void popularityRank_moreChosen_comesFirst_equalOnesById() {
    assertEquals(0, BASELINES.popularityRank(D, Set.of()));
    assertEquals(1, BASELINES.popularityRank(B, Set.of()));
    assertEquals(2, BASELINES.popularityRank(A, Set.of()));
    assertEquals(3, BASELINES.popularityRank(C, Set.of()));
  }

  @Test
  void popularityRank_excludedItems_makeRoom() {
    assertEquals(1, BASELINES.popularityRank(C, Set.of(D, B, new ItemId("unknown"))));
    assertEquals(RankMetrics.MISSING, BASELINES.popularityRank(D, Set.of(D)));
    assertEquals(RankMetrics.MISSING, BASELINES.popularityRank(new ItemId("unknown"), Set.of()));
  }

  @Test
  void chance_fewItems_isCertain() {
    assertEquals(0.5, BASELINES.chance(2, Set.of()));
    assertEquals(2.0 / 3, BASELINES.chance(2, Set.of(A)), 1e-12);
    assertEquals(1, BASELINES.chance(30, Set.of()));
  }
}

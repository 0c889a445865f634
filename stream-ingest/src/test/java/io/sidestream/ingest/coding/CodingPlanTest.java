package io.sidestream.ingest.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodingPlanTest {
  private final GenerationAnnouncement older = Announced.candidate(1, 10);
  private final GenerationAnnouncement newer = Announced.candidate(2, 20);

  @Test
  void generations_eventBetweenTwoCorpora_isTheOlderGeneration() {
    assertEquals(List.of(older), plan(older, newer).generations(event(15)));
  }

  @Test
  void generations_eventAfterAllCorpora_isEveryGeneration() {
    assertEquals(List.of(older, newer), plan(older, newer).generations(event(20)));
  }

  @Test
  void retains_oneGenerationDoesNotCover_holds() {
    assertTrue(plan(older, newer).retains(event(15)));
  }

  @Test
  void retains_allGenerationsCover_drops() {
    assertFalse(plan(older, newer).retains(event(9)));
  }

  @Test
  void retains_noGenerationActive_holds() {
    assertTrue(plan().retains(event(0)));
  }

  private static CodingPlan plan(GenerationAnnouncement... active) {
    return new CodingPlan(Announced.ITEMS, List.of(active));
  }

  private static ItemEvent event(long offset) {
    return new ItemEvent(new ItemId("a"), 0, offset, Optional.empty());
  }
}

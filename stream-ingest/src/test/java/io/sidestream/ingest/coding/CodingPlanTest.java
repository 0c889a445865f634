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
  void untold_eventBetweenTwoCorpora_isTheOlderGeneration() {
    assertEquals(List.of(older), plan(older, newer).untold(event(15)));
  }

  @Test
  void untold_eventAfterAllCorpora_isEveryGeneration() {
    assertEquals(List.of(older, newer), plan(older, newer).untold(event(20)));
  }

  @Test
  void keeps_oneGenerationDoesNotKnow_holds() {
    assertTrue(plan(older, newer).keeps(event(15)));
  }

  @Test
  void keeps_allGenerationsKnow_letsGo() {
    assertFalse(plan(older, newer).keeps(event(9)));
  }

  @Test
  void keeps_noGenerationAlive_holds() {
    assertTrue(plan().keeps(event(0)));
  }

  private static CodingPlan plan(GenerationAnnouncement... alive) {
    return new CodingPlan(Announced.ITEMS, List.of(alive));
  }

  private static ItemEvent event(long offset) {
    return new ItemEvent(new ItemId("a"), 0, offset, Optional.empty());
  }
}

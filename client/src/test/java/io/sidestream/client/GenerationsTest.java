package io.sidestream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationsTest {
  static final DecisionAuthor AUTHOR = new DecisionAuthor("ann", "worse", Instant.EPOCH);

  @Test
  void confirmed_repeated_isRefused() {
    GenerationHistory history = GenerationHistory.NONE.with(live(5)).with(live(6)).with(live(7));
    Generation serving = new Generation(7);
    for (var announced : Generations.confirmed(history, serving, AUTHOR)) {
      history = history.with(announced);
    }
    GenerationHistory after = history;

    RollbackRefusedException again =
        assertThrows(
            RollbackRefusedException.class, () -> Generations.confirmed(after, serving, AUTHOR));
    assertEquals("generation 6 serves, not 7", again.getMessage());
  }

  @Test
  void confirmed_onlyOneLive_isRefused() {
    GenerationHistory history = GenerationHistory.NONE.with(live(7));

    assertThrows(
        RollbackRefusedException.class,
        () -> Generations.confirmed(history, new Generation(7), AUTHOR));
  }

  /** An announcement of a live generation. */
  static GenerationAnnouncement live(long number) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "passed",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.EPOCH);
  }
}

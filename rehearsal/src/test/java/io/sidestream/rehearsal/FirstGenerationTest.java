package io.sidestream.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.UserErrorException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstGenerationTest {
  private static final GenerationAnnouncement CANDIDATE =
      new GenerationAnnouncement(
          new Generation(1),
          GenerationState.CANDIDATE,
          "trained",
          "0".repeat(64),
          Optional.empty(),
          new CorpusOffsets(Map.of()),
          Map.of(),
          Instant.EPOCH);

  /** It ended in a failure that named nothing. */
  @Test
  void of_rejected_saysWhy() {
    String verdict = "search recall@30 is 0.100, expected 0.900 or more";
    GenerationHistory history =
        GenerationHistory.NONE
            .with(CANDIDATE)
            .with(CANDIDATE.in(GenerationState.REJECTED, verdict, Instant.EPOCH));
    assertEquals(
        "nothing can be rehearsed, as the first generation was rejected: " + verdict,
        assertThrows(UserErrorException.class, () -> FirstGeneration.of(history)).getMessage());
  }

  @Test
  void of_live_isTaken() {
    GenerationAnnouncement live = CANDIDATE.in(GenerationState.LIVE, "passed", Instant.EPOCH);
    assertEquals(live, FirstGeneration.of(GenerationHistory.NONE.with(live)));
  }
}

package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationsCommandTest {
  @Test
  void line_ofAnAlignedGeneration_saysWhatItemsKeep() {
    GenerationAnnouncement first = announcement(1, Optional.empty(), Map.of());
    GenerationAnnouncement next =
        announcement(
            2,
            Optional.of(first.generation()),
            Map.of("codebook.kept_codes.1", 0.914, "codebook.kept_ids", 0.626));
    GenerationHistory history = new GenerationHistory(List.of(first, next));
    assertEquals(
        "       1  live       1970-01-01T00:00:00Z  good",
        GenerationsCommand.Listing.line(first, history));
    assertEquals(
        "*      2  live       1970-01-01T00:00:00Z  good; of generation 1, 91 % of the items keep "
            + "the first code, 63 % the ID",
        GenerationsCommand.Listing.line(next, history));
  }

  private static GenerationAnnouncement announcement(
      long number, Optional<Generation> parent, Map<String, Double> metrics) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "good",
        "ab".repeat(32),
        parent,
        new CorpusOffsets(Map.of()),
        metrics,
        Instant.EPOCH);
  }
}

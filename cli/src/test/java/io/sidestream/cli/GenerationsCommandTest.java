package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationsCommandTest {
  private static final DecisionAuthor ANN =
      new DecisionAuthor("ann", "a sale", Instant.ofEpochSecond(9));

  @Test
  void line_ofAnAlignedGeneration_saysWhatItemsKeep() {
    GenerationAnnouncement first = announcement(1, Optional.empty(), Map.of());
    GenerationAnnouncement next =
        announcement(
            2,
            Optional.of(first.generation()),
            Map.of(
                "codebook.kept_codes.1", 0.914,
                "codebook.kept_ids", 0.626,
                "codebook.relative_perplexity.1", 0.96,
                "codebook.relative_perplexity.2", 0.871,
                "codebook.collision_rate", 0.024,
                "codebook.largest_collision", 0.003));
    GenerationHistory history = new GenerationHistory(List.of(first, next));
    assertEquals(
        "       1  live       1970-01-01T00:00:00Z  good",
        GenerationsCommand.Listing.line(first, history));
    assertEquals(
        "*      2  live       1970-01-01T00:00:00Z  good; codes in use by level 96 %, 87 %; 2.4 %"
            + " of the items share their ID, 0.3 % the most shared; of generation 1, 91 % of the"
            + " items keep the first code, 63 % the ID",
        GenerationsCommand.Listing.line(next, history));
  }

  @Test
  void line_comparedAndHeld_saysSo() {
    GenerationHistory history =
        GenerationHistory.NONE.with(announcement(1, Optional.empty(), Map.of()));
    history = with(history, new RolloutPlan(history).hold(ANN));
    GenerationAnnouncement candidate =
        announcement(2, Optional.empty(), Map.of())
            .in(GenerationState.CANDIDATE, "good", Instant.EPOCH);
    history = history.with(candidate.with(candidate.rollout().sharing(0)));
    history = with(history, new RolloutPlan(history).compare(new Generation(2), 0.125, ANN));
    List<String> lines = new ArrayList<>();
    for (GenerationAnnouncement one : history.byNumber()) {
      lines.add(GenerationsCommand.Listing.line(one, history));
    }
    assertEquals(
        List.of(
            "*      1  live       1970-01-01T00:00:00Z  good; held: no other goes live by itself",
            "       2  candidate  1970-01-01T00:00:00Z  good; answers 12.50 % of the users"),
        lines);
    assertEquals(
        List.of(
            "1970-01-01T00:00:09Z       1  hold               ann: a sale",
            "1970-01-01T00:00:09Z       2  compare 12.50 %    ann: a sale"),
        GenerationDecisions.Audit.rows(history).stream()
            .map(GenerationDecisions.Audit::line)
            .toList());
  }

  private static GenerationHistory with(
      GenerationHistory history, List<GenerationAnnouncement> announced) {
    GenerationHistory next = history;
    for (GenerationAnnouncement one : announced) {
      next = next.with(one);
    }
    return next;
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

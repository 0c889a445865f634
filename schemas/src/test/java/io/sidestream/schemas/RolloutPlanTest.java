package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.GenerationDecision.Action;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RolloutPlanTest {
  private static final Instant THEN = Instant.ofEpochSecond(9);
  private static final DecisionAuthor ANN =
      new DecisionAuthor("ann", "a sale", Instant.ofEpochSecond(99));

  private GenerationHistory history =
      GenerationHistory.NONE.with(live(1)).with(live(2)).with(waiting(3));

  @Test
  void compare_candidate_answersItsShareAndKeepsItsStateAndReason() {
    apply(plan().compare(new Generation(3), 0.1, ANN));
    assertEquals(Optional.of(new Comparison(new Generation(3), 0.1)), history.comparison());
    GenerationAnnouncement compared = history.candidate().orElseThrow();
    assertEquals("because", compared.reason());
    assertEquals(THEN, compared.announcedAt());
    assertEquals(
        List.of(new GenerationDecision(Action.COMPARE, Optional.of(0.1), ANN)),
        compared.rollout().decisions());
    assertEquals(2, serving());
    apply(plan().compare(new Generation(3), 0, ANN));
    assertEquals(Optional.empty(), history.comparison());
    assertEquals(compared.generation(), history.candidate().orElseThrow().generation());
  }

  @Test
  void candidate_severalPassed_isTheComparedOneElseTheLast() {
    history = history.with(waiting(4));
    assertEquals(4, history.candidate().orElseThrow().generation().number());
    apply(plan().compare(new Generation(3), 0.1, ANN));
    history = history.with(waiting(5));
    assertEquals(3, history.candidate().orElseThrow().generation().number());
    refused(
        "generation 3 is being compared: promote it, retire it, or compare it with share 0 first",
        () -> plan().compare(new Generation(5), 0.1, ANN));
    apply(plan().retire(new Generation(3), ANN));
    assertEquals(5, history.candidate().orElseThrow().generation().number());
    assertEquals(Optional.empty(), history.comparison());
  }

  @Test
  void promote_comparedCandidate_servesAndTheThirdLastIsRetired() {
    apply(plan().compare(new Generation(3), 0.1, ANN));
    apply(plan().promote(new Generation(3), ANN));
    assertEquals(3, serving());
    assertEquals(2, history.rollbackTarget().orElseThrow().generation().number());
    assertEquals(GenerationState.RETIRED, history.find(new Generation(1)).orElseThrow().state());
    assertEquals(Optional.empty(), history.candidate());
    GenerationAnnouncement promoted = history.serving().orElseThrow();
    assertEquals("promoted from a candidate by ann: a sale", promoted.reason());
    assertEquals(
        List.of(Action.COMPARE, Action.PROMOTE),
        promoted.rollout().decisions().stream().map(GenerationDecision::action).toList());
  }

  @Test
  void hold_untilRelease_staysWithWhatServes() {
    apply(plan().hold(ANN));
    assertTrue(history.isHeld());
    assertEquals(2, serving());
    assertEquals(1, history.rollbackTarget().orElseThrow().generation().number());
    refused("generation 2 is held already", () -> plan().hold(ANN));
    apply(plan().promote(new Generation(3), ANN));
    assertTrue(history.isHeld(), "a decision for one is none against the hold");
    apply(plan().rollback(ANN));
    assertEquals(2, serving());
    assertTrue(history.isHeld());
    apply(plan().release(ANN));
    assertFalse(history.isHeld());
    refused("generation 2 is not held", () -> plan().release(ANN));
  }

  @Test
  void decisions_onWhatIsNoCandidate_areRefusedWithASentence() {
    refused("generation 9 was never announced", () -> plan().promote(new Generation(9), ANN));
    refused(
        "generation 1 is live, expected a candidate", () -> plan().retire(new Generation(1), ANN));
    history = history.with(announcement(4, GenerationState.CANDIDATE));
    refused(
        "generation 4 has not passed the gate yet",
        () -> plan().compare(new Generation(4), 0.1, ANN));
    history = GenerationHistory.NONE.with(waiting(1));
    refused("no generation is live, expected one", () -> plan().hold(ANN));
    refused(
        "no generation is live, expected one", () -> plan().compare(new Generation(1), 0.1, ANN));
    assertThrows(
        IllegalArgumentException.class,
        () -> live(1).with(Rollout.NONE.sharing(0.5)),
        "a share is for candidates");
    assertThrows(
        IllegalArgumentException.class,
        () -> announcement(1, GenerationState.RETIRED).with(Rollout.NONE.holding(true)));
  }

  @Test
  void decisions_moreThanTheLimit_forgetTheOldest() {
    for (int i = 0; i <= Rollout.MAX_DECISIONS; i++) {
      apply(plan().compare(new Generation(3), i % 2, ANN));
    }
    List<GenerationDecision> kept = history.candidate().orElseThrow().rollout().decisions();
    assertEquals(Rollout.MAX_DECISIONS, kept.size());
    assertEquals(Optional.of(1.0), kept.get(0).share());
    GenerationDecision one = kept.get(0);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Rollout(
                Optional.empty(), false, Collections.nCopies(Rollout.MAX_DECISIONS + 1, one)));
  }

  @Test
  void author_beyondALimit_isRefused() {
    String name = "x".repeat(DecisionAuthor.MAX_NAME);
    assertEquals(name, new DecisionAuthor(name, "", THEN).by());
    assertThrows(IllegalArgumentException.class, () -> new DecisionAuthor(name + "x", "", THEN));
    assertThrows(IllegalArgumentException.class, () -> new DecisionAuthor(" ", "", THEN));
    String why = "x".repeat(ReasonText.MAX_LENGTH);
    apply(plan().promote(new Generation(3), new DecisionAuthor("ann", why, THEN)));
    assertThrows(IllegalArgumentException.class, () -> new DecisionAuthor("ann", why + "x", THEN));
  }

  private RolloutPlan plan() {
    return new RolloutPlan(history);
  }

  private void apply(List<GenerationAnnouncement> announced) {
    for (GenerationAnnouncement one : announced) {
      history = history.with(one);
      assertTrue(history.serving().isPresent(), "one serves at every moment");
    }
  }

  private long serving() {
    return history.serving().orElseThrow().generation().number();
  }

  private static void refused(String sentence, Executable decision) {
    assertEquals(sentence, assertThrows(IllegalStateException.class, decision).getMessage());
  }

  private static GenerationAnnouncement live(long number) {
    return announcement(number, GenerationState.LIVE);
  }

  /** A candidate that passed the gate and answers no user. */
  private static GenerationAnnouncement waiting(long number) {
    return announcement(number, GenerationState.CANDIDATE).with(Rollout.NONE.sharing(0));
  }

  private static GenerationAnnouncement announcement(long number, GenerationState state) {
    return new GenerationAnnouncement(
        new Generation(number),
        state,
        "because",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        THEN);
  }
}

package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GenerationHistoryTest {
  private static final Instant NOW = Instant.ofEpochSecond(99);

  @Test
  void serving_twoLive_isTheOneAnnouncedLast() {
    GenerationHistory history =
        history(live(1), live(2), announcement(3, GenerationState.REJECTED));

    assertEquals(number(2), history.serving().map(GenerationAnnouncement::generation));
    assertEquals(number(1), history.rollbackTarget().map(GenerationAnnouncement::generation));
    assertEquals(new Generation(4), history.nextNumber());
  }

  @Test
  void refusedSinceServing_rejectedOrRolledBackLater_isTheLast() {
    GenerationHistory two = history(announcement(1, GenerationState.REJECTED), live(2));
    assertEquals(Optional.empty(), two.refusedSinceServing());
    assertEquals(
        number(4),
        two.with(announcement(4, GenerationState.REJECTED))
            .with(announcement(3, GenerationState.RETIRED))
            .refusedSinceServing());
    assertEquals(
        Optional.empty(),
        two.with(announcement(3, GenerationState.CANDIDATE)).refusedSinceServing());
    assertEquals(Optional.empty(), GenerationHistory.NONE.refusedSinceServing());
  }

  @Test
  void refusedSinceServing_candidateGivenUp_isNone() {
    GenerationHistory compared =
        history(live(2), announcement(3, GenerationState.CANDIDATE).with(Rollout.NONE.sharing(0)));
    GenerationAnnouncement retired =
        new RolloutPlan(compared)
            .retire(new Generation(3), new DecisionAuthor("trainer", "no better", NOW))
            .get(0);
    assertEquals(Optional.empty(), compared.with(retired).refusedSinceServing());
  }

  @Test
  void refusedSinceServing_promotedThenRolledBack_isNone() {
    DecisionAuthor author = new DecisionAuthor("trainer", "better, and then worse", NOW);
    GenerationHistory history =
        history(live(2), announcement(3, GenerationState.CANDIDATE).with(Rollout.NONE.sharing(0)));
    for (GenerationAnnouncement one : new RolloutPlan(history).promote(new Generation(3), author)) {
      history = history.with(one);
    }
    for (GenerationAnnouncement one : new RolloutPlan(history).rollback(author)) {
      history = history.with(one);
    }
    assertEquals(number(2), history.serving().map(GenerationAnnouncement::generation));
    assertEquals(Optional.empty(), history.refusedSinceServing());
  }

  @Test
  void rollback_applied_servesTheOneBeforeAndRetiresTheBadOne() {
    GenerationHistory history = history(live(1), live(2));

    List<GenerationAnnouncement> steps = history.rollback(NOW);
    GenerationHistory between = history.with(steps.get(0));
    GenerationHistory after = between.with(steps.get(1));

    assertEquals(number(1), between.serving().map(GenerationAnnouncement::generation));
    assertEquals(number(1), after.serving().map(GenerationAnnouncement::generation));
    assertEquals(Optional.empty(), after.rollbackTarget());
    assertEquals("generation 2 was rolled back", steps.get(0).reason());
    assertEquals("rolled back to generation 1", steps.get(1).reason());
    assertEquals(GenerationState.RETIRED, after.find(new Generation(2)).orElseThrow().state());
    assertEquals(NOW, steps.get(1).announcedAt());
  }

  @Test
  void rollback_nothingToGoBackTo_saysSo() {
    IllegalStateException none =
        assertThrows(IllegalStateException.class, () -> GenerationHistory.NONE.rollback(NOW));
    IllegalStateException one =
        assertThrows(IllegalStateException.class, () -> history(live(7)).rollback(NOW));

    assertEquals("no generation is live, expected two", none.getMessage());
    assertTrue(one.getMessage().startsWith("generation 7 is the only live one"));
  }

  @RepeatedTest(30)
  void with_randomAnnouncements_agreesWithACompactedTopicAndTheNaiveAnswer(RepetitionInfo info) {
    long seed = Long.getLong("seed", 300) + info.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    List<GenerationAnnouncement> topic = new ArrayList<>();
    GenerationHistory history = GenerationHistory.NONE;
    for (int i = 0; i < 60; i++) {
      GenerationState state = GenerationState.values()[random.nextInt(4)];
      GenerationAnnouncement next = announcement(1 + random.nextInt(6), state);
      topic.add(next);
      history = history.with(next);

      assertEquals(fold(compacted(topic)), history, "seed " + seed);
      assertEquals(naiveServing(topic), history.serving(), "seed " + seed);
      assertTrue(history.find(history.nextNumber()).isEmpty(), "seed " + seed);
      assertTrue(history.rollbackTarget().isEmpty() || history.serving().isPresent());
    }
  }

  /** The last live announcement without a later one of the same generation. */
  private static Optional<GenerationAnnouncement> naiveServing(List<GenerationAnnouncement> topic) {
    for (int i = topic.size() - 1; i >= 0; i--) {
      GenerationAnnouncement one = topic.get(i);
      boolean last =
          topic.subList(i + 1, topic.size()).stream()
              .noneMatch(later -> later.generation().equals(one.generation()));
      if (last && one.state() == GenerationState.LIVE) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static List<GenerationAnnouncement> compacted(List<GenerationAnnouncement> topic) {
    Map<Generation, Integer> last = new HashMap<>();
    for (int i = 0; i < topic.size(); i++) {
      last.put(topic.get(i).generation(), i);
    }
    return last.values().stream().sorted().map(topic::get).toList();
  }

  private static GenerationHistory fold(List<GenerationAnnouncement> topic) {
    return history(topic.toArray(GenerationAnnouncement[]::new));
  }

  private static GenerationHistory history(GenerationAnnouncement... announcements) {
    GenerationHistory history = GenerationHistory.NONE;
    for (GenerationAnnouncement announcement : announcements) {
      history = history.with(announcement);
    }
    return history;
  }

  private static Optional<Generation> number(long number) {
    return Optional.of(new Generation(number));
  }

  private static GenerationAnnouncement live(long number) {
    return announcement(number, GenerationState.LIVE);
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
        NOW);
  }
}

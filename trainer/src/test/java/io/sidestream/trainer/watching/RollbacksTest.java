package io.sidestream.trainer.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationDecision;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import io.sidestream.schemas.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollbacksTest {
  private static final Instant LIVE_AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = LIVE_AT.plus(Duration.ofHours(1));
  private static final RollbackRule RULE = new RollbackRule(Duration.ofDays(1), 100);
  private static final GenerationHistory BOTH =
      GenerationHistory.NONE.with(live(7, Instant.EPOCH)).with(live(8, LIVE_AT));

  private final Rollbacks rollbacks = new Rollbacks(RULE);

  @Test
  void look_theOneBeforeIsBetter_serveAgainAndTheAuditSaysWhy() {
    begin(BOTH);
    add(Task.SEARCH, 60, Outcome.MISS, Outcome.MISS);
    add(Task.SEARCH, 39, Outcome.MISS, Outcome.HIT);
    assertEquals(Optional.empty(), rollbacks.look(BOTH, NOW), "one test is missing");
    add(Task.SEARCH, 1, Outcome.HIT, Outcome.MISS);
    Ruling ruling = rollbacks.look(BOTH, NOW).orElseThrow();
    GenerationHistory after = BOTH;
    for (GenerationAnnouncement step : ruling.steps()) {
      after = after.with(step);
    }
    assertEquals(new Generation(7), after.serving().orElseThrow().generation());
    assertEquals(Optional.empty(), after.rollbackTarget(), "so none is rolled back after it");
    GenerationAnnouncement bad = after.find(new Generation(8)).orElseThrow();
    assertEquals(GenerationState.RETIRED, bad.state());
    GenerationDecision decision = bad.rollout().decisions().get(0);
    assertEquals(GenerationDecision.Action.ROLL_BACK, decision.action());
    assertEquals("trainer", decision.author().by());
    assertEquals(
        "generation 7, which served before: 100 of 100 events, difference of 6.0 standard"
            + " errors; recall of search 0.390, live 0.010, of 100",
        decision.author().why());
  }

  /** One task's collapse is not made up for by the other. */
  @Test
  void look_worseInOneTaskAlone_isRolledBack() {
    begin(BOTH);
    add(Task.RECOMMENDATION, 80, Outcome.HIT, Outcome.MISS);
    add(Task.SEARCH, 20, Outcome.MISS, Outcome.HIT);
    assertTrue(rollbacks.look(BOTH, NOW).isPresent());
  }

  /** What is tried meanwhile is no reason to serve on with what is worse. */
  @Test
  void look_worseWhileACandidateIsTried_isRolledBack() {
    begin(BOTH);
    for (int i = 0; i < 100; i++) {
      GivenAnswer candidate = new GivenAnswer(new Generation(9), Outcome.MISS, 0, List.of());
      GenerationTest two = test(Task.SEARCH, Outcome.MISS, Outcome.HIT);
      rollbacks.add(
          new GenerationTest(
              two.task(),
              two.at(),
              List.of(two.answers().get(0), candidate, two.answers().get(1))));
    }
    assertTrue(rollbacks.look(BOTH, NOW).isPresent());
  }

  /** A fashion may break days after a generation went live: each block is looked at. */
  @Test
  void look_worseInALaterBlock_isRolledBack() {
    begin(BOTH);
    add(Task.SEARCH, 100, Outcome.HIT, Outcome.MISS);
    assertEquals(Optional.empty(), rollbacks.look(BOTH, NOW));
    add(Task.SEARCH, 100, Outcome.MISS, Outcome.HIT);
    assertTrue(rollbacks.look(BOTH, NOW).isPresent());
  }

  @Test
  void look_tooLateHeldOrWithNoneBefore_doesNothing() {
    GenerationHistory held = BOTH;
    DecisionAuthor operator = new DecisionAuthor("op", "", NOW);
    for (GenerationAnnouncement step : new RolloutPlan(BOTH).hold(operator)) {
      held = held.with(step);
    }
    assertNever(held, NOW);
    assertNever(BOTH, LIVE_AT.plus(RULE.within()).plusMillis(1));
    assertNever(GenerationHistory.NONE.with(live(8, LIVE_AT)), NOW);
    assertNever(GenerationHistory.NONE, NOW);
  }

  private void assertNever(GenerationHistory history, Instant now) {
    assertEquals(Optional.empty(), rollbacks.look(history, now));
    add(Task.SEARCH, 100, Outcome.MISS, Outcome.HIT);
    assertEquals(Optional.empty(), rollbacks.look(history, now));
  }

  /** An equal generation stays, one that lost two fifths of what differs does not. */
  @Test
  void look_randomTests_hasTheErrorAndThePowerStated() {
    long seed = Long.getLong("seed", 3);
    Random random = new Random(seed);
    int equal = 0;
    int worse = 0;
    for (int i = 0; i < 500; i++) {
      equal += rolledBack(random, 0.05, 0.05) ? 1 : 0;
      worse += rolledBack(random, 0.03, 0.07) ? 1 : 0; // 5.7 deviations of 2,000 tests
    }
    assertTrue(equal <= 1, equal + " of 500, seed " + seed);
    assertTrue(worse > 450, worse + " of 500, seed " + seed);
  }

  private static boolean rolledBack(Random random, double onlyLive, double onlyFormer) {
    Rollbacks one = new Rollbacks(new RollbackRule(Duration.ofDays(1), 2_000));
    assertEquals(Optional.empty(), one.look(BOTH, NOW));
    for (int test = 0; test < 2_000; test++) {
      double draw = random.nextDouble();
      boolean live = draw < onlyLive;
      boolean former = !live && draw < onlyLive + onlyFormer;
      one.add(
          test(
              Task.SEARCH, live ? Outcome.HIT : Outcome.MISS, former ? Outcome.HIT : Outcome.MISS));
    }
    return one.look(BOTH, NOW).isPresent();
  }

  @Test
  void rule_beyondItsLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RollbackRule(Duration.ZERO, 99));
    assertThrows(IllegalArgumentException.class, () -> new RollbackRule(Duration.ZERO, 1_000_001));
    assertThrows(IllegalArgumentException.class, () -> new RollbackRule(Duration.ofDays(-1), 100));
    assertFalse(new RollbackRule(Duration.ZERO, 100).isOn());
  }

  private void begin(GenerationHistory history) {
    assertEquals(Optional.empty(), rollbacks.look(history, NOW));
  }

  private void add(Task task, int times, Outcome live, Outcome former) {
    for (int i = 0; i < times; i++) {
      rollbacks.add(test(task, live, former));
    }
  }

  private static GenerationTest test(Task task, Outcome live, Outcome former) {
    return new GenerationTest(
        task,
        LIVE_AT,
        List.of(
            new GivenAnswer(new Generation(8), live, 0, List.of()),
            new GivenAnswer(new Generation(7), former, 0, List.of())));
  }

  private static GenerationAnnouncement live(long number, Instant at) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "passed the gate",
        "a".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        at);
  }
}

package io.sidestream.trainer.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Generation LIVE = new Generation(7);
  private static final Generation CANDIDATE = new Generation(8);
  private static final TrialRule RULE = new TrialRule(Duration.ofDays(1), 1_000);

  private final Trial trial = new Trial(LIVE, CANDIDATE, RULE.tests());

  @Test
  void isBetter_beforeAllTests_isFalse() {
    add(Task.SEARCH, 999, Outcome.MISS, Outcome.HIT);
    assertFalse(trial.isComplete() || trial.isBetter(TrialRule.STANDARD_ERRORS));
    add(Task.SEARCH, 1, Outcome.MISS, Outcome.HIT);
    assertTrue(trial.isComplete() && trial.isBetter(TrialRule.STANDARD_ERRORS));
  }

  /** Better in all, and worse in a task: one task's collapse is not made up for by the other. */
  @Test
  void isBetter_worseInOneTask_isFalse() {
    add(Task.RECOMMENDATION, 900, Outcome.MISS, Outcome.HIT);
    add(Task.SEARCH, 100, Outcome.HIT, Outcome.MISS);
    assertTrue(trial.isComplete());
    assertFalse(trial.isBetter(TrialRule.STANDARD_ERRORS));
  }

  @Test
  void add_otherGenerationsRequestsAndLateTests_doNotCount() {
    trial.add(test(Task.SEARCH, tested(LIVE, Outcome.HIT)));
    trial.add(test(Task.SEARCH, tested(LIVE, Outcome.NONE), tested(CANDIDATE, Outcome.NONE)));
    trial.add(test(Task.SEARCH, tested(LIVE, Outcome.HIT), tested(new Generation(9), Outcome.HIT)));
    assertEquals("0 of 1,000 events, difference of 0.0 standard errors", trial.figures());
    add(Task.SEARCH, 1_000, Outcome.UNKNOWN_ITEM, Outcome.HIT);
    String figures = trial.figures();
    assertEquals(
        "1,000 of 1,000 events, difference of 31.6 standard errors;"
            + " recall of search 1.000, live 0.000, of 1,000",
        figures);
    add(Task.SEARCH, 1, Outcome.HIT, Outcome.MISS);
    assertEquals(figures, trial.figures());
  }

  /** Equal generations are promoted once in twenty trials, better ones in four of five. */
  @Test
  void isBetter_randomTests_hasTheErrorAndThePowerStated() {
    long seed = Long.getLong("seed", 9);
    Random random = new Random(seed);
    int trials = 1_000;
    int equal = 0;
    int better = 0;
    for (int i = 0; i < trials; i++) {
      equal += better(random, 0.05, 0.05) ? 1 : 0;
      better += better(random, 0.0375, 0.0625) ? 1 : 0; // 2.5 deviations
    }
    assertTrue(equal > 20 && equal < 80, equal + " of " + trials + ", seed " + seed);
    assertTrue(better > 750 && better < 850, better + " of " + trials + ", seed " + seed);
  }

  private static boolean better(Random random, double onlyLive, double onlyCandidate) {
    Trial one = new Trial(LIVE, CANDIDATE, RULE.tests());
    for (int test = 0; test < RULE.tests(); test++) {
      double draw = random.nextDouble();
      Outcome live = draw < onlyLive ? Outcome.HIT : Outcome.MISS;
      Outcome candidate =
          draw >= onlyLive && draw < onlyLive + onlyCandidate ? Outcome.HIT : Outcome.MISS;
      one.add(test(Task.SEARCH, tested(LIVE, live), tested(CANDIDATE, candidate)));
    }
    return one.isBetter(TrialRule.STANDARD_ERRORS);
  }

  @Test
  void rule_beyondItsLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TrialRule(Duration.ZERO, 99));
    assertThrows(IllegalArgumentException.class, () -> new TrialRule(Duration.ZERO, 1_000_001));
    assertThrows(IllegalArgumentException.class, () -> new TrialRule(Duration.ofDays(-1), 100));
    assertFalse(new TrialRule(Duration.ZERO, 100).isOn());
  }

  private void add(Task task, int times, Outcome live, Outcome candidate) {
    for (int i = 0; i < times; i++) {
      trial.add(test(task, tested(LIVE, live), tested(CANDIDATE, candidate)));
    }
  }

  private static GenerationTest test(Task task, GivenAnswer... answers) {
    return new GenerationTest(task, Instant.EPOCH, List.of(answers));
  }

  private static GivenAnswer tested(Generation generation, Outcome outcome) {
    return new GivenAnswer(generation, outcome, 0, List.of());
  }
}

package io.sidestream.trainer.watching;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first tests by events that a live generation and a candidate had in common. */
final class Trial {
  /*
   * McNemar's test: of the events that only one of the two had among its answers, each would have
   * as many if they were equally good. It looks once, when there are as many tests as asked for, so
   * that the error is that of one look. An item that a generation does not have is a miss: users
   * would have missed it.
   */
  private final Generation live;
  private final Generation candidate;
  private final TrialRule rule;
  private final Map<Task, Pairs> pairs = new EnumMap<>(Task.class);
  private int tests;

  /** Of one task. */
  private static final class Pairs {
    private int tests;
    private int liveHits;
    private int candidateHits;
    private int differ;

    /** Above 0 where the candidate is better, in standard errors. */
    double deviation() {
      return differ == 0 ? 0 : (candidateHits - liveHits) / Math.sqrt(differ);
    }

    void add(boolean liveHit, boolean candidateHit) {
      tests++;
      liveHits += liveHit ? 1 : 0;
      candidateHits += candidateHit ? 1 : 0;
      differ += liveHit == candidateHit ? 0 : 1;
    }
  }

  Trial(Generation live, Generation candidate, TrialRule rule) {
    this.live = live;
    this.candidate = candidate;
    this.rule = rule;
  }

  boolean isOf(Generation serving, Generation other) {
    return live.equals(serving) && candidate.equals(other);
  }

  void add(GenerationTest test) {
    List<GenerationTest.GivenAnswer> answers = test.answers();
    if (answers.size() == 2
        && answers.get(0).outcome() != Outcome.NONE
        && isOf(answers.get(0).generation(), answers.get(1).generation())
        && !isComplete()) {
      tests++;
      pairs
          .computeIfAbsent(test.task(), task -> new Pairs())
          .add(answers.get(0).outcome() == Outcome.HIT, answers.get(1).outcome() == Outcome.HIT);
    }
  }

  boolean isComplete() {
    return tests == rule.tests();
  }

  /** Whether the candidate is better in all, and in no task worse; false before it is complete. */
  boolean isBetter() {
    return isComplete()
        && all().deviation() > TrialRule.STANDARD_ERRORS
        && pairs.values().stream().allMatch(one -> one.deviation() > -TrialRule.STANDARD_ERRORS);
  }

  private Pairs all() {
    Pairs all = new Pairs();
    for (Pairs one : pairs.values()) {
      all.tests += one.tests;
      all.liveHits += one.liveHits;
      all.candidateHits += one.candidateHits;
      all.differ += one.differ;
    }
    return all;
  }

  /** What was found, as a sentence. */
  String figures() {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d events, difference of %.1f standard errors",
            tests,
            rule.tests(),
            all().deviation()));
    pairs.forEach(
        (task, one) ->
            parts.add(
                String.format(
                    Locale.ROOT,
                    "recall of %s %.3f, live %.3f, of %,d",
                    task.name().toLowerCase(Locale.ROOT),
                    (double) one.candidateHits / one.tests,
                    (double) one.liveHits / one.tests,
                    one.tests)));
    return String.join("; ", parts);
  }
}

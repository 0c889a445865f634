package io.sidestream.trainer.watching;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The first tests by events that a live generation and another one had in common. */
final class Trial {
  /*
   * McNemar's test: of the events that only one of the two had among its answers, each would have
   * as many if they were equally good. It looks once, when there are as many tests as asked for, so
   * that the error is that of one look. An item that a generation does not have is a miss: users
   * would have missed it.
   */
  private final Generation live;
  private final Generation other;
  private final int most;
  private final Map<Task, Pairs> pairs = new EnumMap<>(Task.class);
  private int tests;

  /** Of one task. */
  private static final class Pairs {
    private int tests;
    private int liveHits;
    private int otherHits;
    private int differ;

    /** Above 0 where the other one is better, in standard errors. */
    double deviation() {
      return differ == 0 ? 0 : (otherHits - liveHits) / Math.sqrt(differ);
    }

    void add(boolean liveHit, boolean otherHit) {
      tests++;
      liveHits += liveHit ? 1 : 0;
      otherHits += otherHit ? 1 : 0;
      differ += liveHit == otherHit ? 0 : 1;
    }
  }

  /**
   * @param tests after which it is complete
   */
  Trial(Generation live, Generation other, int tests) {
    this.live = live;
    this.other = other;
    this.most = tests;
  }

  boolean isOf(Generation serving, Generation beside) {
    return live.equals(serving) && other.equals(beside);
  }

  void add(GenerationTest test) {
    GivenAnswer first = test.answers().get(0);
    Optional<GivenAnswer> second = test.beside(other);
    if (second.isPresent()
        && first.outcome() != Outcome.NONE
        && first.generation().equals(live)
        && !isComplete()) {
      tests++;
      pairs
          .computeIfAbsent(test.task(), task -> new Pairs())
          .add(first.outcome() == Outcome.HIT, second.get().outcome() == Outcome.HIT);
    }
  }

  boolean isComplete() {
    return tests == most;
  }

  /** Whether the other one is better in all, and in no task worse; false before it is complete. */
  boolean isBetter(double standardErrors) {
    return isComplete()
        && all().deviation() > standardErrors
        && pairs.values().stream().allMatch(one -> one.deviation() > -standardErrors);
  }

  /** Whether the other one is better in all or in a task; false before it is complete. */
  boolean isBetterInAny(double standardErrors) {
    return isComplete()
        && (all().deviation() > standardErrors
            || pairs.values().stream().anyMatch(one -> one.deviation() > standardErrors));
  }

  private Pairs all() {
    Pairs all = new Pairs();
    for (Pairs one : pairs.values()) {
      all.tests += one.tests;
      all.liveHits += one.liveHits;
      all.otherHits += one.otherHits;
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
            most,
            all().deviation()));
    pairs.forEach(
        (task, one) ->
            parts.add(
                String.format(
                    Locale.ROOT,
                    "recall of %s %.3f, live %.3f, of %,d",
                    task.name().toLowerCase(Locale.ROOT),
                    (double) one.otherHits / one.tests,
                    (double) one.liveHits / one.tests,
                    one.tests)));
    return String.join("; ", parts);
  }
}

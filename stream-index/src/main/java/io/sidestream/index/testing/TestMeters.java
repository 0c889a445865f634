package io.sidestream.index.testing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.GenerationTest.Task;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Metrics of tests: outcomes, recall of the open generations, and how two of them differ. */
final class TestMeters {
  /** Why an event is not tested. */
  enum Reason {
    /** It happened too long ago. */
    LATE,
    /** More came than are tested. */
    BUSY,
    NO_GENERATION
  }

  /** What a generation is tested as. */
  enum Role {
    LIVE,
    CANDIDATE,
    /** The one before the live one. */
    FORMER
  }

  /** As many as are open at once: the live one, the one before, and a candidate. */
  private static final int GENERATIONS = 3;

  /** Instead of the number of one: nothing is known yet. */
  private static final long NO_GENERATION = 0;

  /** The windows of a task by number of generation, the one tested last at the end. */
  private static final class Windows extends LinkedHashMap<Long, RecallWindow> {
    private static final long serialVersionUID = 1;
    private static final boolean BY_ACCESS = true;

    Windows() {
      super(GENERATIONS + 1, 1, BY_ACCESS);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, RecallWindow> eldest) {
      return size() > GENERATIONS;
    }
  }

  private final MeterRegistry registry;
  private final MultiGauge recall;
  private final Map<Task, Windows> windows = new EnumMap<>(Task.class); // of one thread

  TestMeters(MeterRegistry registry) {
    this.registry = registry;
    this.recall = MultiGauge.builder("sidestream.prequential.recall.ratio").register(registry);
    for (Task task : Task.values()) { // from zero, so that the first one is an increase
      windows.put(task, new Windows());
      overlap(task);
      for (Reason reason : Reason.values()) {
        skipped(task, reason, 0);
      }
      took(task, Role.LIVE);
      took(task, Role.CANDIDATE);
      for (Role role : Role.values()) {
        failed(task, role, 0);
        for (Outcome outcome : List.of(Outcome.HIT, Outcome.MISS, Outcome.UNKNOWN_ITEM)) {
          count(task, role, outcome, 0);
        }
      }
    }
    recall.register(rows(), true);
  }

  /** One generation answered; a request has no outcome. */
  void tested(Task task, Role role, Generation generation, Outcome outcome) {
    if (outcome == Outcome.NONE) {
      return;
    }
    if (outcome != Outcome.UNKNOWN_ITEM) { // recall says nothing of it
      requireNonNull(windows.get(task))
          .computeIfAbsent(generation.number(), number -> new RecallWindow())
          .add(outcome == Outcome.HIT);
      recall.register(rows(), true);
    }
    count(task, role, outcome, 1);
  }

  void failed(Task task, Role role) {
    failed(task, role, 1);
  }

  void skipped(Task task, Reason reason) {
    skipped(task, reason, 1);
  }

  /** A request was answered by both. */
  void compared(Task task, GivenAnswer live, GivenAnswer candidate) {
    overlap(task).record(overlap(live.items(), candidate.items()));
    took(task, Role.LIVE).record(live.micros(), TimeUnit.MICROSECONDS);
    took(task, Role.CANDIDATE).record(candidate.micros(), TimeUnit.MICROSECONDS);
  }

  private DistributionSummary overlap(Task task) {
    return DistributionSummary.builder("sidestream.shadow.overlap.ratio")
        .tag("task", label(task))
        .register(registry);
  }

  /** The share of the longer answer that is in both; 1 where both are empty. */
  static double overlap(List<ItemId> one, List<ItemId> other) {
    int longer = Math.max(one.size(), other.size());
    Set<ItemId> both = new HashSet<>(one);
    both.retainAll(new HashSet<>(other));
    return longer == 0 ? 1 : (double) both.size() / longer;
  }

  private Timer took(Task task, Role role) {
    return Timer.builder("sidestream.shadow.answer.duration")
        .tags("task", label(task), "arm", label(role))
        .publishPercentileHistogram()
        .register(registry);
  }

  private void skipped(Task task, Reason reason, int events) {
    registry
        .counter("sidestream.prequential.skipped", "task", label(task), "reason", label(reason))
        .increment(events);
  }

  private void count(Task task, Role role, Outcome outcome, int tests) {
    registry
        .counter(
            "sidestream.prequential.tests",
            "task",
            label(task),
            "arm",
            label(role),
            "outcome",
            label(outcome))
        .increment(tests);
  }

  private void failed(Task task, Role role, int tests) {
    registry
        .counter("sidestream.generation.tests.failed", "task", label(task), "arm", label(role))
        .increment(tests);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private List<MultiGauge.Row<?>> rows() {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Task task : Task.values()) {
      List<MultiGauge.Row<?>> known = rows(task);
      rows.addAll(known.isEmpty() ? List.of(row(task, NO_GENERATION, Double.NaN)) : known);
    }
    return rows;
  }

  private List<MultiGauge.Row<?>> rows(Task task) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    requireNonNull(windows.get(task))
        .forEach(
            (generation, window) ->
                window.recall().ifPresent(share -> rows.add(row(task, generation, share))));
    return rows;
  }

  private static MultiGauge.Row<?> row(Task task, long generation, double share) {
    return MultiGauge.Row.of(
        Tags.of("task", label(task), "generation", Long.toString(generation)), share);
  }
}

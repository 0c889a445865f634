package io.sidestream.learning.evaluation;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides whether a generation may serve: both tasks must hold. */
public final class Gate {
  /** In a catalogue so small that random items do better than this, collapse cannot be told. */
  private static final double TELLING_RANDOM = 0.2;

  private final GateSettings settings;

  public Gate(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * @param metrics of {@link Metrics}, measured on test cases
   * @param live the generation that serves now, with what it reached on its own test cases
   */
  public Verdict judge(Map<String, Double> metrics, Optional<GenerationAnnouncement> live) {
    List<String> faults = new ArrayList<>();
    List<String> merits = new ArrayList<>();
    for (Task task : Task.values()) {
      Optional<String> fault = fault(task, metrics, live);
      fault.ifPresentOrElse(faults::add, () -> merits.add(merit(task, metrics)));
    }
    return faults.isEmpty()
        ? new Verdict(true, String.join("; ", merits))
        : new Verdict(false, String.join("; ", faults));
  }

  /** Which tasks have test events enough to be judged, by {@link Metrics#JUDGED}. */
  public Map<String, Double> judged(Map<String, Double> metrics) {
    Map<String, Double> judged = new TreeMap<>();
    for (Task task : Task.values()) {
      judged.put(Metrics.of(task, Metrics.JUDGED), judged(task, metrics) ? 1.0 : 0.0);
    }
    return judged;
  }

  private Optional<String> fault(
      Task task, Map<String, Double> metrics, Optional<GenerationAnnouncement> live) {
    if (!judged(task, metrics)) {
      return Optional.empty();
    }
    double reached = value(metrics, task, Metrics.ITEM_RECALL_AT_30);
    double random = value(metrics, task, Metrics.RANDOM_AT_30);
    double floor = task == Task.SEARCH ? settings.searchFloor() : settings.recommendationFloor();
    if (random <= TELLING_RANDOM && reached < settings.collapse() * random) {
      return Optional.of(
          text(
              "task collapse: %s item recall@30 is %.3f, random items reach %.3f",
              task.label(), reached, random));
    }
    if (reached < floor) {
      return Optional.of(
          text("%s item recall@30 is %.3f, expected %.3f or more", task.label(), reached, floor));
    }
    return live.filter(serving -> wasJudged(task, serving))
        .flatMap(serving -> worse(task, reached, serving));
  }

  /** What a handful of test events said of the live generation would bind all that follow. */
  private static boolean wasJudged(Task task, GenerationAnnouncement live) {
    return live.metrics().getOrDefault(Metrics.of(task, Metrics.JUDGED), 1.0) > 0;
  }

  private Optional<String> worse(Task task, double reached, GenerationAnnouncement live) {
    double before = value(live.metrics(), task, Metrics.ITEM_RECALL_AT_30);
    return reached >= before - settings.margin()
        ? Optional.empty()
        : Optional.of(
            text(
                "%s item recall@30 is %.3f, generation %s reached %.3f and %.3f less is allowed",
                task.label(), reached, live.generation(), before, settings.margin()));
  }

  private boolean judged(Task task, Map<String, Double> metrics) {
    return value(metrics, task, Metrics.CASES) >= settings.minCases();
  }

  private String merit(Task task, Map<String, Double> metrics) {
    return judged(task, metrics)
        ? text(
            "%s item recall@30 is %.3f (popularity %.3f)",
            task.label(),
            value(metrics, task, Metrics.ITEM_RECALL_AT_30),
            value(metrics, task, Metrics.POPULARITY_AT_30))
        : text(
            "%s is not evaluated: %.0f test events, expected %d or more",
            task.label(), value(metrics, task, Metrics.CASES), settings.minCases());
  }

  private static double value(Map<String, Double> metrics, Task task, String name) {
    return metrics.getOrDefault(Metrics.of(task, name), 0.0);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

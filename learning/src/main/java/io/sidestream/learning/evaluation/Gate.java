package io.sidestream.learning.evaluation;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides whether a generation may serve: both tasks must pass, and codes must tell items apart.
 */
public final class Gate {
  /**
   * In a catalogue so small that random items reach more than this, collapse cannot be detected.
   */
  private static final double MAX_RANDOM = 0.2;

  /** Of the codes, and of the IDs, that a codebook could give: below this it has collapsed. */
  static final double MIN_CODES = 0.1;

  private final GateSettings settings;

  public Gate(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * @param metrics of {@link Metrics}, measured on test cases
   * @param live the serving generation; where the metrics do not say what it finds of the same
   *     cases, it is compared by what it found of its own
   */
  public Verdict decide(Map<String, Double> metrics, Optional<GenerationAnnouncement> live) {
    List<String> violations = new ArrayList<>();
    List<String> results = new ArrayList<>();
    collapsed(Metrics.ENCODED_PERPLEXITY, "first codes", metrics).ifPresent(violations::add);
    collapsed(Metrics.ENCODED_IDS, "IDs", metrics).ifPresent(violations::add);
    for (Task task : Task.values()) {
      Optional<String> violation = violation(task, metrics, live);
      violation.ifPresentOrElse(violations::add, () -> results.add(result(task, metrics)));
    }
    return violations.isEmpty()
        ? new Verdict(true, String.join("; ", results))
        : new Verdict(false, String.join("; ", violations));
  }

  /** Which tasks have enough test cases to be gated, as {@link Metrics#GATED}. */
  public Map<String, Double> gated(Map<String, Double> metrics) {
    Map<String, Double> gated = new TreeMap<>();
    for (Task task : Task.values()) {
      gated.put(Metrics.of(task, Metrics.GATED), gated(task, metrics) ? 1.0 : 0.0);
    }
    return gated;
  }

  private static Optional<String> collapsed(
      String metric, String codes, Map<String, Double> metrics) {
    return Optional.ofNullable(metrics.get(metric))
        .filter(share -> share < MIN_CODES)
        .map(
            share ->
                text(
                    "codebook collapse: items get %.3f of the %s that they could, expected %.3f or"
                        + " more",
                    share, codes, MIN_CODES));
  }

  private Optional<String> violation(
      Task task, Map<String, Double> metrics, Optional<GenerationAnnouncement> live) {
    if (!gated(task, metrics)) {
      return Optional.empty();
    }
    double reached = value(metrics, task, Metrics.RECALL_AT_30);
    double random = value(metrics, task, Metrics.RANDOM_AT_30);
    double floor = task == Task.SEARCH ? settings.searchFloor() : settings.recommendationFloor();
    if (random <= MAX_RANDOM && reached < settings.collapse() * random) {
      return Optional.of(
          text(
              "task collapse: %s recall@30 is %.3f, random items reach %.3f",
              task.label(), reached, random));
    }
    if (reached < floor) {
      return Optional.of(
          text("%s recall@30 is %.3f, expected %.3f or more", task.label(), reached, floor));
    }
    Optional<Double> now = Optional.ofNullable(metrics.get(Metrics.of(task, Metrics.LIVE_AT_30)));
    return now.isPresent()
        ? live.flatMap(serving -> worse(task, reached, serving, now.get(), "reaches"))
        : live.filter(serving -> wasGated(task, serving))
            .flatMap(serving -> worse(task, reached, serving, before(task, serving), "reached"));
  }

  private static double before(Task task, GenerationAnnouncement live) {
    return value(live.metrics(), task, Metrics.RECALL_AT_30);
  }

  /** The recall of a handful of test cases would bind every later generation. */
  private static boolean wasGated(Task task, GenerationAnnouncement live) {
    return live.metrics().getOrDefault(Metrics.of(task, Metrics.GATED), 1.0) > 0;
  }

  private Optional<String> worse(
      Task task, double reached, GenerationAnnouncement live, double other, String verb) {
    return reached >= other - settings.margin()
        ? Optional.empty()
        : Optional.of(
            text(
                "%s recall@30 is %.3f, generation %s %s %.3f and %.3f less is allowed",
                task.label(), reached, live.generation(), verb, other, settings.margin()));
  }

  private boolean gated(Task task, Map<String, Double> metrics) {
    return value(metrics, task, Metrics.CASES) >= settings.minCases();
  }

  private String result(Task task, Map<String, Double> metrics) {
    return gated(task, metrics)
        ? text(
            "%s recall@30 is %.3f (popularity %.3f)",
            task.label(),
            value(metrics, task, Metrics.RECALL_AT_30),
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

package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.evaluation.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Collapse of a system on a task: its recall is close to that of a baseline.
 *
 * @param recall the system's recall@30
 * @param yardstick the compared system, for example {@code random}
 * @param expected the yardstick's recall@30
 */
public record TaskCollapse(
    String system, String group, double recall, String yardstick, double expected) {
  /*
   * In the paper (arXiv 2508.10478) search by recommendation's IDs keeps 6 % of the best search,
   * search by shared prefixes 10 %; recommendation by the weakest IDs, 29 % of the best, is bad but
   * not collapsed. A quarter separates the two.
   */
  private static final double SHARE_OF_BEST = 0.25;
  private static final double SHARE_OF_POPULARITY = 0.25;
  private static final double TIMES_RANDOM = 2;

  /** Names of the baselines as yardsticks. */
  public static final String RANDOM = "random";

  public static final String POPULARITY = "popularity";

  /**
   * The collapse of a system on a group's task. Of the yardsticks that it falls below, the first is
   * named: random, the best other system, popularity.
   *
   * @param random expected recall@30 of random answers
   * @param popularity recall@30 of the most popular items
   * @param others all other systems on the same group; may contain the system itself
   */
  public static Optional<TaskCollapse> of(
      GroupEvaluation system, double random, double popularity, List<GroupEvaluation> others) {
    others.forEach(other -> checkGroup(system, other));
    double recall = recall(system);
    Optional<GroupEvaluation> best =
        others.stream()
            .filter(other -> !other.system().equals(system.system()))
            .max(Comparator.comparingDouble(TaskCollapse::recall));
    if (recall < TIMES_RANDOM * random) {
      return Optional.of(collapse(system, RANDOM, random));
    }
    if (best.isPresent() && recall < SHARE_OF_BEST * recall(best.get())) {
      return Optional.of(collapse(system, best.get().system(), recall(best.get())));
    }
    return recall < SHARE_OF_POPULARITY * popularity
        ? Optional.of(collapse(system, POPULARITY, popularity))
        : Optional.empty();
  }

  /**
   * For example {@code task collapse: rec-tuned has lost tags: recall@30 .009 against .158 of
   * multi-task}.
   */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "task collapse: %s has lost %s: %s %s against %s of %s",
        system,
        group,
        Metric.RECALL_AT_30.label(),
        decimal(recall),
        decimal(expected),
        yardstick);
  }

  private static String decimal(double share) {
    return String.format(Locale.ROOT, "%.3f", share).replaceFirst("^0", "");
  }

  private static TaskCollapse collapse(GroupEvaluation system, String yardstick, double expected) {
    return new TaskCollapse(
        system.system(), system.group().name(), recall(system), yardstick, expected);
  }

  private static double recall(GroupEvaluation measured) {
    return measured.figure(Metric.RECALL_AT_30, Slice.ALL).mean();
  }

  private static void checkGroup(GroupEvaluation one, GroupEvaluation other) {
    check(
        one.group().name().equals(other.group().name()),
        "%s is measured on %s, %s on %s",
        one.system(),
        one.group().name(),
        other.system(),
        other.group().name());
  }
}

package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.model.generator.Task;
import java.util.Locale;

/** Figures in running text. */
final class Sentences {
  private Sentences() {}

  /** Recall@30 of items of a task, for example {@code .231}. */
  static String recall(EvaluatedSystem subject, Task task) {
    return decimal(MetricSelector.recall(task).mean(subject).orElse(0));
  }

  /** How much of one subject's recall another has, for example {@code 93 %}. */
  static String share(EvaluatedSystem subject, EvaluatedSystem of, Task task) {
    double whole = MetricSelector.recall(task).mean(of).orElse(0);
    double part = MetricSelector.recall(task).mean(subject).orElse(0);
    return whole == 0
        ? "all of nothing"
        : String.format(Locale.ROOT, "%.0f %%", 100 * part / whole);
  }

  /** A share as papers print it. */
  static String decimal(double share) {
    return String.format(Locale.ROOT, "%.3f", share).replaceFirst("^(-?)0\\.", "$1.");
  }
}

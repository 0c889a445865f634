package io.sidestream.experiments;

import io.sidestream.experiments.lab.Figures;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.model.generator.Task;
import java.util.Locale;

/** Figures in running text. */
final class Sentences {
  private Sentences() {}

  /** Recall@30 of items of a task, for example {@code .231}. */
  static String recall(Subject subject, Task task) {
    return decimal(Figures.recall(task).mean(subject).orElse(0));
  }

  /** How much of one subject's recall another has, for example {@code 93 %}. */
  static String share(Subject subject, Subject of, Task task) {
    double whole = Figures.recall(task).mean(of).orElse(0);
    double part = Figures.recall(task).mean(subject).orElse(0);
    return whole == 0
        ? "all of nothing"
        : String.format(Locale.ROOT, "%.0f %%", 100 * part / whole);
  }

  /** A share as papers print it. */
  static String decimal(double share) {
    return String.format(Locale.ROOT, "%.3f", share).replaceFirst("^(-?)0\\.", "$1.");
  }
}

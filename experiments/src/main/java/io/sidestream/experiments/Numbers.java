package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Decimals;
import java.util.Locale;

/** Measured numbers in sentences, as papers print them. */
final class Numbers {
  private static final int DECIMALS = 3;

  private Numbers() {}

  /** Recall@30 of items of a task, for example {@code .231}. */
  static String recall(EvaluatedSystem system, Task task) {
    return decimal(system.recall(task));
  }

  /** One system's recall relative to another's, for example {@code 93 %}. */
  static String share(EvaluatedSystem system, EvaluatedSystem of, Task task) {
    return of.recall(task) == 0
        ? "all of nothing"
        : String.format(Locale.ROOT, "%.0f %%", 100 * system.recall(task) / of.recall(task));
  }

  /** A share, for example {@code .231}. */
  static String decimal(double share) {
    return Decimals.print(share, DECIMALS);
  }
}

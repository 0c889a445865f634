package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;

/**
 * How much the generator's examples of each task count; those of a task that weighs 0 are left out.
 *
 * @param search 0 or more
 * @param recommendation 0 or more
 */
public record TaskWeights(double search, double recommendation) {
  public TaskWeights {
    check(
        search >= 0 && recommendation >= 0 && search + recommendation > 0,
        "tasks weigh %s and %s, expected 0 or more and one above",
        search,
        recommendation);
  }
}

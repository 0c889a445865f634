package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

/**
 * Thresholds of the gate.
 *
 * @param searchFloor minimum recall@30 of search, in [0, 1]
 * @param recommendationFloor minimum recall@30 of recommendation, in [0, 1]
 * @param margin by how much each task's recall@30 may be below the live generation's, in [0, 1]
 * @param collapse a task is collapsed when its recall@30 is below this many times that of random
 *     items; 0 or more
 * @param minCases a task with fewer test events is not gated: chance would decide
 */
public record GateSettings(
    double searchFloor, double recommendationFloor, double margin, double collapse, int minCases) {
  public GateSettings {
    checkShare("search floor", searchFloor);
    checkShare("recommendation floor", recommendationFloor);
    checkShare("margin", margin);
    check(collapse >= 0, "gate collapse is %s, expected 0 or more", collapse);
    check(minCases > 0, "gate needs %d cases, expected 1 or more", minCases);
  }

  private static void checkShare(String name, double value) {
    check(value >= 0 && value <= 1, "gate %s is %s, expected 0 to 1", name, value);
  }
}

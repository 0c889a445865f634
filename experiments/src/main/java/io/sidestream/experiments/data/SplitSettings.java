package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.schemas.pairs.WindowLimits;

/**
 * Sizes of the test and validation sets.
 *
 * @param users interactions and searches of users
 * @param queryShare share of the training queries that is for validation; in [0, 0.4]
 * @param testQueries maximum number of query tests, and of query validations
 * @param window how pairs of items are counted
 */
public record SplitSettings(
    HeldOutSettings users, double queryShare, int testQueries, WindowLimits window) {
  /** Two thousand users; the last 15 % of their searches, at most 400 by one user. */
  public static final SplitSettings DEFAULT =
      new SplitSettings(
          new HeldOutSettings(4, 2_000, 1_000, 0.15, 400, 4_000, 2_000),
          0.1,
          2_000,
          WindowLimits.DEFAULT);

  public SplitSettings {
    check(
        queryShare >= 0 && queryShare <= 0.4,
        "share of queries for validation is %s, expected 0 to 0.4",
        queryShare);
    check(testQueries >= 0, "%d query tests, expected 0 or more", testQueries);
  }
}

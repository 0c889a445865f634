package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.corpus.HeldOutSettings;
import io.sidestream.schemas.pairs.WindowLimits;

/**
 * How much is kept back to judge by.
 *
 * @param people interactions and searches by people
 * @param queryShare share of the queries to learn from that is for validation; in [0, 0.4]
 * @param testQueries most query tests, and most query validations
 * @param window how pairs of items are counted
 */
public record SplitSettings(
    HeldOutSettings people, double queryShare, int testQueries, WindowLimits window) {
  /** Two thousand people; the last 15 % of searches by people, at most 400 by one person. */
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

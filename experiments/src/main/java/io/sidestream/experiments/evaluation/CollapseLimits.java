package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

/**
 * Limits of recall below which a system has collapsed on a task.
 *
 * @param timesRandom of the recall of items drawn at random
 * @param shareOfPopularity of the recall of the most popular items, in [0, 1]
 * @param shareOfBest of the recall of the best other system, in [0, 1]
 */
public record CollapseLimits(double timesRandom, double shareOfPopularity, double shareOfBest) {
  /*
   * In the paper (arXiv 2508.10478) search by recommendation's IDs keeps 6 % of the best search,
   * search by shared prefixes 10 %; recommendation by the weakest IDs, 29 % of the best, is bad but
   * not collapsed. A quarter separates the two.
   */
  public static final CollapseLimits DEFAULT = new CollapseLimits(2, 0.25, 0.25);

  public CollapseLimits {
    check(
        timesRandom >= 0 && shareOfPopularity >= 0 && shareOfBest >= 0,
        "limits of collapse are %s, %s and %s, expected 0 or more",
        timesRandom,
        shareOfPopularity,
        shareOfBest);
    check(
        shareOfPopularity <= 1 && shareOfBest <= 1,
        "shares of popularity and of the best are %s and %s, expected at most 1",
        shareOfPopularity,
        shareOfBest);
  }
}

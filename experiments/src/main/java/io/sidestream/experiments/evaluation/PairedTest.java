package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's paired t-test: whether one system is better than another on the same cases, or over the
 * same seeds. Cases of one user are taken together, with as many degrees of freedom as there are
 * users, less one.
 *
 * @param difference mean of the one less the other
 * @param standardError of the difference
 * @param n number of pairs that are independent: seeds, or users
 * @param p two-sided: the chance of a mean difference this far from zero if there were none, in [0,
 *     1]
 */
public record PairedTest(double difference, double standardError, int n, double p) {
  /** Differences with a smaller p are significant. */
  public static final double SIGNIFICANT = 0.05;

  /** Tests one against other, pair by pair; two pairs at least. */
  public static PairedTest of(double[] one, double[] other) {
    check(
        one.length == other.length && one.length >= 2,
        "%d values against %d, expected as many, 2 or more",
        one.length,
        other.length);
    return of(
        MeanEstimate.of(
            IntStream.range(0, one.length).mapToDouble(i -> one[i] - other[i]).toArray()));
  }

  /** Tests one against other, case by case; cases of two users at least. */
  public static PairedTest of(CaseValues one, CaseValues other) {
    MeanEstimate differences = one.minus(other).estimate();
    check(
        differences.clusters() >= 2,
        "cases are of %d users, expected 2 or more",
        differences.clusters());
    return of(differences);
  }

  private static PairedTest of(MeanEstimate differences) {
    return new PairedTest(
        differences.mean(), differences.standardError(), differences.clusters(), p(differences));
  }

  /** Whether the difference is significant. */
  public boolean significant() {
    return p < SIGNIFICANT;
  }

  /** Differences that are all equal have p 1 when zero, 0 otherwise. */
  private static double p(MeanEstimate differences) {
    return differences.mean() == 0
        ? 1
        : twoSided(differences.mean() / differences.standardError(), differences.clusters() - 1);
  }

  /** The probability that Student's t is at least as far from zero as this, either side. */
  static double twoSided(double t, int degrees) {
    return 2 * TDistribution.of(degrees).survivalProbability(Math.abs(t));
  }
}

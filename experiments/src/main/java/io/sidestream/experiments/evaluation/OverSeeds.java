package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.evaluation.Metric;
import java.util.List;

/**
 * One metric of a system over several seeds.
 *
 * @param values the metric of each seed, in order; at least one
 */
public record OverSeeds(List<Double> values) {
  public OverSeeds {
    values = List.copyOf(values);
    check(!values.isEmpty(), "a metric over no seeds");
  }

  /** A metric of the evaluations of each seed. */
  public static OverSeeds of(List<GroupEvaluation> seeds, Metric metric, Unit unit, Slice part) {
    return new OverSeeds(seeds.stream().map(one -> one.figure(metric, unit, part).mean()).toList());
  }

  public double mean() {
    return moments().mean();
  }

  /** The sample's deviation; NaN of one seed. */
  public double deviation() {
    return moments().deviation();
  }

  /** Whether this is better than another, seed by seed; two seeds at least. */
  public PairedTest against(OverSeeds other) {
    return PairedTest.of(array(), other.array());
  }

  private Moments moments() {
    return Moments.of(array());
  }

  private double[] array() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

package io.sidestream.experiments.run;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.CaseValues;
import io.sidestream.experiments.evaluation.MeanEstimate;
import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Cell;
import io.sidestream.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * A metric over a slice of some cases, read off evaluated systems. The spread of one seed is the
 * standard error over users and cases without one; of several, the standard deviation over seeds.
 *
 * @param groups whose cases it is measured on, one group after the other
 */
public record MetricSelector(Predicate<CaseGroup> groups, Metric metric, Unit unit, Slice slice) {
  /** The mark of a significant difference from the reference. */
  public static final String SIGNIFICANT = "†";

  /** Over the cases of a group. */
  public static MetricSelector of(String group, Metric metric, Unit unit, Slice slice) {
    return new MetricSelector(one -> one.name().equals(group), metric, unit, slice);
  }

  /** Recall@30 of items over all cases of a task. */
  public static MetricSelector recall(Task task) {
    return new MetricSelector(one -> one.task() == task, Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL);
  }

  /** The mean over seeds; empty where the system has no such cases. */
  public OptionalDouble mean(EvaluatedSystem system) {
    List<CaseValues> seeds = seeds(system);
    return seeds.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(MeanEstimate.of(means(seeds)).mean());
  }

  /** Number of cases of the first seed. */
  public int cases(EvaluatedSystem system) {
    return system.values(0, groups, metric, unit, slice).size();
  }

  /** The spread of the mean; 0 where it is not known. */
  public double spread(EvaluatedSystem system) {
    List<CaseValues> seeds = seeds(system);
    if (seeds.isEmpty()) {
      return 0;
    }
    double spread =
        seeds.size() == 1
            ? seeds.get(0).estimate().standardError()
            : MeanEstimate.of(means(seeds)).deviation();
    return Double.isNaN(spread) ? 0 : spread;
  }

  /** As a cell of a table. */
  public Cell cell(EvaluatedSystem system) {
    OptionalDouble mean = mean(system);
    if (mean.isEmpty()) {
      return Cell.ABSENT;
    }
    double size = spread(system);
    Spread spread =
        system.seeds().size() == 1 ? Spread.standardError(size) : Spread.deviation(size);
    return Cell.of(mean.getAsDouble(), spread);
  }

  /** As a cell that is marked where it differs significantly from a reference. */
  public Cell cell(EvaluatedSystem system, EvaluatedSystem reference) {
    Cell plain = cell(system);
    return plain instanceof Cell.Measured measured && differs(system, reference)
        ? measured.withMark(SIGNIFICANT)
        : plain;
  }

  private boolean differs(EvaluatedSystem system, EvaluatedSystem reference) {
    return against(system, reference).filter(PairedTest::significant).isPresent();
  }

  /**
   * A paired test: case by case of one seed, or seed by seed; empty where the cases are not the
   * same.
   */
  public Optional<PairedTest> against(EvaluatedSystem one, EvaluatedSystem other) {
    List<CaseValues> mine = seeds(one);
    List<CaseValues> theirs = seeds(other);
    if (mine.isEmpty() || mine.size() != theirs.size()) {
      return Optional.empty();
    }
    if (mine.size() > 1) {
      return Optional.of(PairedTest.of(means(mine), means(theirs)));
    }
    return mine.get(0).estimate().clusters() < 2
            || !mine.get(0).users().equals(theirs.get(0).users())
        ? Optional.empty()
        : Optional.of(PairedTest.of(mine.get(0), theirs.get(0)));
  }

  private static double[] means(List<CaseValues> seeds) {
    return seeds.stream().mapToDouble(values -> values.estimate().mean()).toArray();
  }

  /** The values of each seed, or none at all. */
  private List<CaseValues> seeds(EvaluatedSystem system) {
    if (unit == Unit.ID && !system.hasIds()) {
      return List.of();
    }
    List<CaseValues> seeds = new ArrayList<>();
    for (int seed = 0; seed < system.seeds().size(); seed++) {
      seeds.add(system.values(seed, groups, metric, unit, slice));
    }
    return seeds.stream().allMatch(values -> values.size() > 0) ? seeds : List.of();
  }
}

package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One system on one data set, measured once for each seed.
 *
 * @param name in tables
 * @param seeds for each seed, one measurement for each group
 */
public record EvaluatedSystem(String name, List<List<GroupEvaluation>> seeds) {
  public EvaluatedSystem {
    seeds = seeds.stream().map(List::copyOf).toList();
    check(!seeds.isEmpty(), "%s was measured with no seed, expected one or more", name);
  }

  /** The same measurements under another name. */
  public EvaluatedSystem named(String other) {
    return new EvaluatedSystem(other, seeds);
  }

  /** Whether it has Semantic IDs. */
  public boolean hasIds() {
    return seeds.stream().flatMap(List::stream).allMatch(GroupEvaluation::hasIds);
  }

  /** The metric of each case of a task, all its groups one after the other, for one seed. */
  double[] values(int seed, Task task, Metric metric, Unit unit, Slice part) {
    return seeds.get(seed).stream()
        .filter(measured -> measured.group().task() == task)
        .map(measured -> measured.values(metric, unit, part))
        .flatMapToDouble(DoubleStream::of)
        .toArray();
  }

  /** The metric of each case of a group for one seed; empty where the group has no cases. */
  Optional<double[]> values(int seed, String group, Metric metric, Unit unit, Slice part) {
    return seeds.get(seed).stream()
        .filter(measured -> measured.group().name().equals(group))
        .map(measured -> measured.values(metric, unit, part))
        .findFirst();
  }
}

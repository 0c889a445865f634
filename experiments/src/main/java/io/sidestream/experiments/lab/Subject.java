package io.sidestream.experiments.lab;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.evaluation.Breakdown;
import io.sidestream.experiments.evaluation.Measured;
import io.sidestream.experiments.evaluation.Metric;
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
public record Subject(String name, List<List<Measured>> seeds) {
  public Subject {
    seeds = seeds.stream().map(List::copyOf).toList();
    check(!seeds.isEmpty(), "%s was measured with no seed, expected one or more", name);
  }

  /** The same measurements under another name. */
  public Subject named(String other) {
    return new Subject(other, seeds);
  }

  /** Whether it has Semantic IDs. */
  public boolean hasIds() {
    return seeds.stream().flatMap(List::stream).allMatch(Measured::hasIds);
  }

  /** The metric of each case of a task, all its groups one after the other, for one seed. */
  double[] values(int seed, Task task, Metric metric, Unit unit, Breakdown part) {
    return seeds.get(seed).stream()
        .filter(measured -> measured.group().task() == task)
        .map(measured -> measured.values(metric, unit, part))
        .flatMapToDouble(DoubleStream::of)
        .toArray();
  }

  /** The metric of each case of a group for one seed; empty where the group has no cases. */
  Optional<double[]> values(int seed, String group, Metric metric, Unit unit, Breakdown part) {
    return seeds.get(seed).stream()
        .filter(measured -> measured.group().name().equals(group))
        .map(measured -> measured.values(metric, unit, part))
        .findFirst();
  }
}

package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.CaseValues;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.model.generator.Task;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * One system evaluated on one data set, once for each seed.
 *
 * @param name in tables
 * @param seeds for each seed, one evaluation for each group
 */
public record EvaluatedSystem(String name, List<List<GroupEvaluation>> seeds) {
  public EvaluatedSystem {
    seeds = seeds.stream().map(List::copyOf).toList();
    check(!seeds.isEmpty(), "%s was evaluated with no seed, expected one or more", name);
  }

  /** The system of a name. */
  public static EvaluatedSystem find(List<EvaluatedSystem> systems, String name) {
    return systems.stream()
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no system is named " + name));
  }

  /** The system with the highest recall of a task. */
  public static EvaluatedSystem best(List<EvaluatedSystem> systems, Task task) {
    return systems.stream()
        .max(Comparator.comparingDouble(system -> system.recall(task)))
        .orElseThrow();
  }

  /** Recall@30 of items over all cases of a task; 0 for a task that the system does not serve. */
  public double recall(Task task) {
    return MetricSelector.recall(task).mean(this).orElse(0);
  }

  /** The same evaluations under another name. */
  public EvaluatedSystem named(String other) {
    return new EvaluatedSystem(other, seeds);
  }

  /** Whether it has Semantic IDs. */
  boolean hasIds() {
    return seeds.stream().flatMap(List::stream).allMatch(GroupEvaluation::hasIds);
  }

  /** The metric of each case of these groups, one group after the other, for one seed. */
  CaseValues values(int seed, Predicate<CaseGroup> groups, Metric metric, Unit unit, Slice slice) {
    return CaseValues.of(
        seeds.get(seed).stream()
            .filter(evaluation -> groups.test(evaluation.group()))
            .map(evaluation -> evaluation.values(metric, unit, slice))
            .toList());
  }
}

package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Ranker;
import io.sidestream.experiments.evaluation.Ranking;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Where one system puts what was wanted.
 *
 * @param ranks by the name of the group; a group that the system was not asked is absent
 */
public record RankedGroups(Map<String, Ranks> ranks) {
  public RankedGroups {
    ranks = new TreeMap<>(ranks);
  }

  /** What a system answers to the test cases of some tasks. */
  static RankedGroups of(ExperimentData data, Set<Task> tasks, Ranker ranker) {
    Map<String, Ranks> ranks = new TreeMap<>();
    for (CaseGroup group : data.test()) {
      if (tasks.contains(group.task())) {
        ranks.put(group.name(), Ranks.of(GroupEvaluation.of("ranked", group, ranker).rankings()));
      }
    }
    return new RankedGroups(ranks);
  }

  /** As measurements of a system on the split's test cases. */
  public List<GroupEvaluation> measured(String system, ExperimentData data) {
    return data.test().stream()
        .filter(group -> ranks.containsKey(group.name()))
        .map(group -> new GroupEvaluation(system, group, rankings(ranks.get(group.name()))))
        .toList();
  }

  private static List<Ranking> rankings(Ranks ranks) {
    return IntStream.range(0, ranks.items().length).mapToObj(ranks::ranking).toList();
  }
}

package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.TaskCollapse;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.learning.evaluation.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names the systems that have lost a task. */
final class Collapses {
  private Collapses() {}

  /**
   * A sentence for each collapse of the first seed; empty when there is none.
   *
   * @param others with the baselines named random and popularity
   */
  static String sentence(List<EvaluatedSystem> systems, List<EvaluatedSystem> others) {
    List<GroupEvaluation> random = first(EvaluatedSystem.find(others, TaskCollapse.RANDOM));
    List<GroupEvaluation> popularity = first(EvaluatedSystem.find(others, TaskCollapse.POPULARITY));
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < random.size(); i++) {
      int group = i;
      List<GroupEvaluation> all = systems.stream().map(system -> first(system).get(group)).toList();
      double expected = recall(random.get(group));
      double popular = recall(popularity.get(group));
      all.stream()
          .map(one -> TaskCollapse.of(one, expected, popular, all))
          .flatMap(Optional::stream)
          .forEach(collapse -> sentences.add(collapse.sentence()));
    }
    return String.join("; ", sentences);
  }

  private static List<GroupEvaluation> first(EvaluatedSystem system) {
    return system.seeds().get(0);
  }

  private static double recall(GroupEvaluation evaluation) {
    return evaluation.figure(Metric.RECALL_AT_30, Slice.ALL).mean();
  }
}

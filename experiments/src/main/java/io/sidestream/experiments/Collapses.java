package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.CollapseLimits;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.TaskCollapse;
import io.sidestream.experiments.run.EvaluatedSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names the systems that have lost a task. */
final class Collapses {
  private Collapses() {}

  /**
   * A sentence for each collapse of the first seed; empty when there is none.
   *
   * @param others that hold the baselines named random and popularity
   */
  static String sentence(List<EvaluatedSystem> subjects, List<EvaluatedSystem> others) {
    List<GroupEvaluation> random = first(Tradeoff.named(others, TaskCollapse.RANDOM));
    List<GroupEvaluation> popularity = first(Tradeoff.named(others, TaskCollapse.POPULARITY));
    List<String> sentences = new ArrayList<>();
    for (int group = 0; group < random.size(); group++) {
      int place = group;
      List<GroupEvaluation> all =
          subjects.stream().map(subject -> first(subject).get(place)).toList();
      double chance = recall(random.get(place));
      double most = recall(popularity.get(place));
      all.stream()
          .map(one -> TaskCollapse.of(one, chance, most, all, CollapseLimits.DEFAULT))
          .flatMap(Optional::stream)
          .forEach(collapse -> sentences.add(collapse.sentence()));
    }
    return sentences.stream().collect(Collectors.joining("; "));
  }

  private static List<GroupEvaluation> first(EvaluatedSystem subject) {
    return subject.seeds().get(0);
  }

  private static double recall(GroupEvaluation measured) {
    return measured.figure(Metric.RECALL_AT_30, Slice.ALL).mean();
  }
}

package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.Breakdown;
import io.sidestream.experiments.evaluation.CollapseLimits;
import io.sidestream.experiments.evaluation.Measured;
import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.TaskCollapse;
import io.sidestream.experiments.lab.Subject;
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
  static String sentence(List<Subject> subjects, List<Subject> others) {
    List<Measured> random = first(Tradeoff.named(others, TaskCollapse.RANDOM));
    List<Measured> popularity = first(Tradeoff.named(others, TaskCollapse.POPULARITY));
    List<String> sentences = new ArrayList<>();
    for (int group = 0; group < random.size(); group++) {
      int place = group;
      List<Measured> all = subjects.stream().map(subject -> first(subject).get(place)).toList();
      double chance = recall(random.get(place));
      double most = recall(popularity.get(place));
      all.stream()
          .map(one -> TaskCollapse.of(one, chance, most, all, CollapseLimits.DEFAULT))
          .flatMap(Optional::stream)
          .forEach(collapse -> sentences.add(collapse.sentence()));
    }
    return sentences.stream().collect(Collectors.joining("; "));
  }

  private static List<Measured> first(Subject subject) {
    return subject.seeds().get(0);
  }

  private static double recall(Measured measured) {
    return measured.figure(Metric.RECALL_AT_30, Breakdown.ALL).mean();
  }
}

package io.sidestream.experiments.shipped;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.trials.IdReport;
import io.sidestream.experiments.trials.Ranks;
import io.sidestream.model.answers.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.trainer.GenerationLearning;
import io.sidestream.trainer.LearnedGeneration;
import io.sidestream.trainer.LossCurve;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.TrainingSettings;
import io.sidestream.trainer.corpus.HeldOut;
import io.sidestream.trainer.evaluation.CollectedCases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains what ships on a split, tunes it on validation, and asks it once for the test cases.
 *
 * @param work what trainings keep for speed alone
 */
public record ShippedRun(
    ExperimentData data, TrainingSettings settings, Path work, TrainingProgress progress) {

  public ShippedResult run() throws IOException {
    HeldOut heldOut = HeldOutCases.of(data);
    try (LearnedGeneration learned =
        new GenerationLearning(settings, work).learn(heldOut, progress)) {
      CollectedCases test = learned.collect(heldOut.test(), "test", progress);
      progress.finished("test", "");
      return new ShippedResult(
          ranks(test, learned),
          weights(learned),
          losses(learned.space().losses()),
          losses(learned.generator().losses()),
          learned.coded().report().levels().get(settings.codebook().levels() - 1).residualEnergy(),
          IdReport.of(settings.codebook(), learned.coded().assignments().codes()));
    }
  }

  private Map<String, Map<String, Ranks>> ranks(CollectedCases test, LearnedGeneration learned) {
    Map<String, Map<String, Ranks>> ranks = new TreeMap<>();
    for (Task task : Task.values()) {
      RankingWeights tuned = learned.answering().weights(task);
      RankingParts.of(tuned)
          .forEach(
              (part, weights) ->
                  byGroup(task, test.ranks(task, weights), test.idRanks(task))
                      .forEach(
                          (group, some) ->
                              ranks
                                  .computeIfAbsent(part, unused -> new HashMap<>())
                                  .put(group, some)));
    }
    return ranks;
  }

  /** The ranks of a task's cases, which are those of its groups one after the other. */
  private Map<String, Ranks> byGroup(Task task, int[] items, int[] ids) {
    Map<String, Ranks> ranks = new HashMap<>();
    int from = 0;
    for (CaseGroup group : data.test()) {
      if (group.task() == task) {
        int to = from + group.cases().size();
        ranks.put(
            group.name(),
            new Ranks(Arrays.copyOfRange(items, from, to), Arrays.copyOfRange(ids, from, to)));
        from = to;
      }
    }
    return ranks;
  }

  private static Map<String, String> weights(LearnedGeneration learned) {
    Map<String, String> weights = new TreeMap<>();
    for (Task task : Task.values()) {
      weights.put(task.label(), learned.answering().weights(task).toString());
    }
    return weights;
  }

  private static List<Double> losses(LossCurve curve) {
    return curve.points().stream().map(LossCurve.Point::loss).toList();
  }
}

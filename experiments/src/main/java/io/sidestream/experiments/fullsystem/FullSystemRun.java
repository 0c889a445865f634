package io.sidestream.experiments.fullsystem;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.trials.IdReport;
import io.sidestream.experiments.trials.Ranks;
import io.sidestream.learning.corpus.HeldOut;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
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
public record FullSystemRun(
    ExperimentData data, TrainingSettings settings, Path work, TrainingProgress progress) {

  public FullSystemResult run() throws IOException {
    HeldOut heldOut = HeldOutCases.of(data);
    try (CandidateGeneration learned =
        new GenerationTrainer(settings, work).learn(heldOut, progress)) {
      CollectedCases test = learned.collect(heldOut.test(), "test", progress);
      progress.finished("test", "");
      return new FullSystemResult(
          ranks(test, learned),
          weights(learned),
          losses(learned.space().losses()),
          losses(learned.generator().losses()),
          learned.coded().report().levels().get(settings.codebook().levels() - 1).residualEnergy(),
          IdReport.of(settings.codebook(), learned.coded().assignments().codes()));
    }
  }

  private Map<String, Map<String, Ranks>> ranks(CollectedCases test, CandidateGeneration learned) {
    Map<String, Map<String, Ranks>> ranks = new TreeMap<>();
    for (Task task : Task.values()) {
      RankingWeights tuned = learned.answering().weights(task);
      RankingAblation.of(tuned)
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

  private static Map<String, String> weights(CandidateGeneration learned) {
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

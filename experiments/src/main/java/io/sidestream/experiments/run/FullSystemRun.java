package io.sidestream.experiments.run;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.generator.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains the full system on a split by the trainer's own path, tunes its ranking on validation, and
 * ranks the test cases once, and some searches of them with typing errors.
 *
 * @param work what trainings cache
 */
record FullSystemRun(
    ExperimentData data, TrainingSettings settings, Path work, TrainingProgress progress) {
  FullSystemResult run() throws IOException {
    HeldOut heldOut = data.heldOut();
    try (CandidateGeneration learned =
        new GenerationTrainer(settings, work).learn(heldOut, progress)) {
      CollectedCases test = learned.collect(heldOut.test(), "test", progress);
      progress.finished("test", "");
      return new FullSystemResult(
          ranks(test, learned),
          new SpellingRun(data, settings.seed(), progress).by(learned),
          weights(learned),
          losses(learned.space().losses()),
          losses(learned.generator().losses()),
          learned.coded().relativeQuantizationError(),
          IdReport.of(settings.codebook(), learned.coded().assignments().codes()));
    }
  }

  private NamedRanks ranks(CollectedCases test, CandidateGeneration learned) {
    Map<String, Map<String, Ranks.Group>> ranks = new TreeMap<>();
    int from = 0;
    for (CaseGroup group : data.test()) {
      CollectedCases cases = test.slice(from, from + group.cases().size());
      from += group.cases().size();
      RankingAblation.CHANGES.forEach(
          (name, change) ->
              ranks
                  .computeIfAbsent(name, unused -> new TreeMap<>())
                  .put(
                      group.name(),
                      new Ranks.Group(cases.ranks(learned.ranking(), change), cases.idRanks())));
    }
    Map<String, Ranks> named = new TreeMap<>();
    ranks.forEach((name, groups) -> named.put(name, new Ranks(groups)));
    return new NamedRanks(named);
  }

  private static Map<String, String> weights(CandidateGeneration learned) {
    Map<String, String> weights = new TreeMap<>();
    weights.put(Task.SEARCH.label(), learned.ranking().search().toString());
    learned
        .ranking()
        .longQueries()
        .ifPresent(
            some ->
                weights.put(
                    "%s of %d terms and more".formatted(Task.SEARCH.label(), some.terms()),
                    some.weights().toString()));
    weights.put(Task.RECOMMENDATION.label(), learned.ranking().recommendation().toString());
    return weights;
  }

  private static List<Double> losses(LossCurve curve) {
    return curve.points().stream().map(LossCurve.Point::loss).toList();
  }
}

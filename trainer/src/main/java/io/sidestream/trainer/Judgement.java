package io.sidestream.trainer;

import io.sidestream.model.answers.Answering;
import io.sidestream.model.answers.Catalogue;
import io.sidestream.model.answers.RankingWeights;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.generator.Task;
import io.sidestream.trainer.codebook.CodebookReport;
import io.sidestream.trainer.corpus.Cases;
import io.sidestream.trainer.corpus.HeldOut;
import io.sidestream.trainer.corpus.ItemRows;
import io.sidestream.trainer.evaluation.CaseCollector;
import io.sidestream.trainer.evaluation.CollectedCases;
import io.sidestream.trainer.evaluation.Evaluation;
import io.sidestream.trainer.evaluation.Gate;
import io.sidestream.trainer.evaluation.Metrics;
import io.sidestream.trainer.evaluation.Verdict;
import io.sidestream.trainer.evaluation.WeightTuning;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a generation ranks, how well, and whether that is good enough. */
record Judgement(Manifest.Ranking ranking, Map<String, Double> metrics, Verdict verdict) {
  static Judgement of(
      HeldOut heldOut,
      CodedCorpus coded,
      LearnedGenerator generator,
      TrainingSettings settings,
      TrainingOrder order,
      TrainingProgress progress) {
    Manifest.Ranking untuned =
        ranking(RankingWeights.DEFAULT, RankingWeights.DEFAULT, generator, settings);
    CaseCollector collector =
        new CaseCollector(
            new Answering(generator.prompts(), generator.generator(), untuned),
            Catalogue.of(order.generation(), settings.codebook(), coded.assignments()));
    Manifest.Ranking tuned =
        tune(collect(collector, heldOut.validation(), "validation", progress), generator, settings);
    progress.finished("validation", weights(tuned));
    CollectedCases test = collect(collector, heldOut.test(), "test", progress);
    Map<String, Double> metrics = new TreeMap<>(codebook(coded.report()));
    metrics.putAll(
        new Evaluation(
                new ItemRows(heldOut.training().items()),
                coded.assignments().interactions(),
                coded.assignments().searches())
            .measure(test, tuned.search(), tuned.recommendation()));
    progress.finished("test", recalls(metrics));
    Gate gate = new Gate(settings.gate());
    metrics.putAll(gate.judged(metrics));
    Verdict verdict = gate.judge(metrics, order.live());
    progress.stage("gate", verdict.accepted() ? "accepted" : "rejected");
    progress.finished("gate", verdict.reason());
    return new Judgement(tuned, metrics, verdict);
  }

  private static CollectedCases collect(
      CaseCollector collector, Cases cases, String stage, TrainingProgress progress) {
    progress.stage(
        stage,
        String.format(
            Locale.ROOT,
            "%,d searches, %,d recommendations",
            cases.searches().size(),
            cases.recommendations().size()));
    return collector.collect(cases, progress);
  }

  private static String weights(Manifest.Ranking ranking) {
    return "weights of generator, vectors, popularity: search "
        + weights(ranking.search())
        + ", recommendation "
        + weights(ranking.recommendation());
  }

  private static String weights(RankingWeights weights) {
    return String.format(
        Locale.ROOT, "%.0f/%.0f/%.2f", weights.generator(), weights.dense(), weights.popularity());
  }

  private static String recalls(Map<String, Double> metrics) {
    return Arrays.stream(Task.values())
        .filter(task -> metrics.containsKey(Metrics.of(task, Metrics.ITEM_RECALL_AT_30)))
        .map(
            task ->
                String.format(
                    Locale.ROOT,
                    "%s %.3f",
                    task.label(),
                    metrics.get(Metrics.of(task, Metrics.ITEM_RECALL_AT_30))))
        .collect(Collectors.joining(", ", "item recall@30: ", ""));
  }

  private static Manifest.Ranking tune(
      CollectedCases validation, LearnedGenerator generator, TrainingSettings settings) {
    return ranking(
        WeightTuning.tune(validation, Task.SEARCH),
        WeightTuning.tune(validation, Task.RECOMMENDATION),
        generator,
        settings);
  }

  private static Manifest.Ranking ranking(
      RankingWeights search,
      RankingWeights recommendation,
      LearnedGenerator generator,
      TrainingSettings settings) {
    return new Manifest.Ranking(
        search,
        recommendation,
        settings.beams(),
        settings.candidates(),
        generator.prompts().historyItems());
  }

  private static Map<String, Double> codebook(CodebookReport report) {
    int last = report.levels().size() - 1;
    return Map.of(
        Metrics.RESIDUAL_ENERGY, report.levels().get(last).residualEnergy(),
        Metrics.COLLIDED_SHARE, report.collidedShare());
  }
}

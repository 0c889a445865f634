package io.sidestream.learning.generation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.corpus.QueryLogs;
import io.sidestream.learning.evaluation.ColdItemTuning;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.TunedWeights;
import io.sidestream.learning.evaluation.WithheldItems;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemWords;
import io.sidestream.schemas.pairs.CountingRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts the trained parts of a generation together and tunes its ranking: weights on the validation
 * cases, then the help of cold items on items withheld from it.
 */
record RankingTuning(TrainingSettings settings, HeldOut heldOut, TrainingProgress progress) {
  /** Most validation cases of a task that say what help for cold items costs. */
  static final int MAX_WARM_CASES = 1_000;

  /**
   * Of both tasks together for one of a task: what is said of cold items costs no more time than
   * validation, or little more.
   */
  private static final int VALIDATION_CASES_PER_COLD_CASE = 4;

  /** The generation of these parts, with its ranking tuned. */
  CandidateGeneration tune(
      Generation generation,
      BundleWriter bundle,
      Optional<WarmStart> warmStart,
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      ExportedGenerator generator)
      throws IOException {
    Corpus training = heldOut.training();
    Neighbours neighbours =
        Neighbours.of(
            new PairReplay(new CountingRule(settings.window(), training.weights()))
                .neighbours(training.interactions(), settings.neighbours()));
    CandidateGeneration untuned =
        new CandidateGeneration(
            generation,
            settings,
            bundle,
            warmStart,
            texts,
            space,
            coded,
            generator,
            QueryLogs.of(training),
            ItemTexts.of(words(training)),
            neighbours,
            PopularityRegression.of(space.texts(), coded.assignments()),
            ranking(TunedWeights.collecting(), generator));
    CollectedCases validation = untuned.collect(heldOut.validation(), "validation", progress);
    TunedWeights warm = TunedWeights.tune(validation);
    progress.finished("validation", "weights: " + warm.summary());
    return untuned.ranked(ranking(helped(untuned, warm, validation), generator));
  }

  /** By row of the assignments. */
  private static List<ItemWords> words(Corpus training) {
    return training.items().stream().map(TextEmbeddings.TEMPLATE::words).toList();
  }

  /** The weights with help for cold items. */
  private TunedWeights helped(
      CandidateGeneration untuned, TunedWeights warm, CollectedCases validation)
      throws IOException {
    long seed = settings.seed() + 5;
    int most = heldOut.validation().size() / VALIDATION_CASES_PER_COLD_CASE;
    WithheldItems withheld =
        WithheldItems.draw(heldOut.training(), untuned.texts().rows(), most, seed);
    List<EvaluationCase> others = others(withheld);
    progress.stage(
        "cold items",
        "%,d withheld, %,d searches, %,d recommendations",
        withheld.rows().size(),
        EvaluationCase.of(Task.SEARCH, withheld.cases()).size(),
        EvaluationCase.of(Task.RECOMMENDATION, withheld.cases()).size());
    ColdItemView view =
        ColdItemView.of(untuned, heldOut.training(), withheld, unmet(untuned, withheld), seed);
    CollectedCases costs = view.collect(others, progress);
    CollectedCases cold = view.collect(withheld.cases(), progress);
    TunedWeights tuned = warm.withColdItemHelp(validation, costs, cold);
    progress.finished("cold items", "weights: " + tuned.summary());
    return tuned;
  }

  /** Vectors of the withheld items by text alone, by row. */
  private Map<Integer, float[]> unmet(CandidateGeneration untuned, WithheldItems withheld)
      throws IOException {
    float[][] known = untuned.space().texts();
    Optional<Map<Integer, float[]>> unmet =
        ColdItemTuning.isByWithheldItems(withheld.cases())
            ? new UnmetItems(heldOut.training(), untuned.texts(), settings, progress)
                .vectors(withheld.rows(), untuned.space().vectors())
            : Optional.empty();
    return unmet.orElseGet(
        () -> withheld.rows().stream().collect(Collectors.toMap(row -> row, row -> known[row])));
  }

  /** Validation cases of other items, evenly from all of a task. */
  private List<EvaluationCase> others(WithheldItems withheld) {
    List<EvaluationCase> others = new ArrayList<>();
    for (Task task : Task.values()) {
      List<EvaluationCase> all =
          EvaluationCase.of(task, heldOut.validation()).stream()
              .filter(one -> !withheld.rows().contains(one.relevant()))
              .toList();
      int most = Math.min(all.size(), MAX_WARM_CASES);
      IntStream.range(0, most)
          .mapToObj(i -> all.get(Math.toIntExact((long) i * all.size() / most)))
          .forEach(others::add);
    }
    return others;
  }

  private Manifest.Ranking ranking(TunedWeights weights, ExportedGenerator generator) {
    return new Manifest.Ranking(
        weights.search(),
        weights.longQueries(),
        weights.recommendation(),
        beams(generator),
        settings.candidates(),
        generator.prompts().historyItems());
  }

  /** A sequence generator knows all IDs at no more cost: as many as other sources bring items. */
  private int beams(ExportedGenerator generator) {
    return generator
        .generator()
        .fold(
            encoderDecoder -> settings.beams(),
            sequence -> Math.max(settings.beams(), settings.candidates()));
  }
}

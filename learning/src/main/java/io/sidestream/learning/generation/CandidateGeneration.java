package io.sidestream.learning.generation;

import io.sidestream.learning.corpus.Cases;
import io.sidestream.learning.corpus.HeldOut;
import io.sidestream.learning.corpus.QueryLog;
import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.WeightTuning;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.model.querylog.QueryLogIndex;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.util.Locale;

/**
 * A generation with all its parts open: what serving needs to answer, and what learning it left
 * behind. Closes its parts, and the bundle it was drafted in.
 *
 * @param pastSearches of the training events alone
 * @param ranking with the weights that validation taught
 */
public record CandidateGeneration(
    Generation generation,
    TrainingSettings settings,
    BundleWriter bundle,
    TextEmbeddings texts,
    TrainedTowers space,
    CodedCorpus coded,
    ExportedGenerator generator,
    QueryLogIndex pastSearches,
    Manifest.Ranking ranking)
    implements AutoCloseable {

  static CandidateGeneration tuned(
      Generation generation,
      TrainingSettings settings,
      BundleWriter bundle,
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      ExportedGenerator generator,
      HeldOut heldOut,
      TrainingProgress progress) {
    Manifest.Ranking untuned =
        ranking(
            WeightTuning.collecting(Task.SEARCH),
            WeightTuning.collecting(Task.RECOMMENDATION),
            generator,
            settings);
    QueryLogIndex pastSearches = QueryLog.of(heldOut.training());
    CandidateGeneration before =
        new CandidateGeneration(
            generation, settings, bundle, texts, space, coded, generator, pastSearches, untuned);
    CollectedCases validation = before.collect(heldOut.validation(), "validation", progress);
    Manifest.Ranking tuned =
        ranking(
            WeightTuning.tune(validation, Task.SEARCH),
            WeightTuning.tune(validation, Task.RECOMMENDATION),
            generator,
            settings);
    progress.finished("validation", weights(tuned));
    return new CandidateGeneration(
        generation, settings, bundle, texts, space, coded, generator, pastSearches, tuned);
  }

  /** Answers as serving would. */
  public Retriever answering() {
    return new Retriever(generator.prompts(), generator.generator(), pastSearches, ranking);
  }

  /** The items of the corpus. */
  public Catalogue catalogue() {
    return Catalogue.of(generation, coded.codebook().shape(), coded.assignments());
  }

  /** The candidates of some cases, as serving would collect them. */
  public CollectedCases collect(Cases cases, String stage, TrainingProgress progress) {
    progress.stage(
        stage,
        String.format(
            Locale.ROOT,
            "%,d searches, %,d recommendations",
            cases.searches().size(),
            cases.recommendations().size()));
    return new CaseCollector(answering(), catalogue()).collect(cases, progress);
  }

  private static Manifest.Ranking ranking(
      RankingWeights search,
      RankingWeights recommendation,
      ExportedGenerator generator,
      TrainingSettings settings) {
    return new Manifest.Ranking(
        search,
        recommendation,
        settings.beams(),
        settings.candidates(),
        generator.prompts().historyItems());
  }

  private static String weights(Manifest.Ranking ranking) {
    return "weights of generator, vectors, popularity, fresh items, past searches: search "
        + weights(ranking.search())
        + ", recommendation "
        + weights(ranking.recommendation());
  }

  private static String weights(RankingWeights weights) {
    return String.format(
        Locale.ROOT,
        "%.0f/%.0f/%.2f/%.2f/%.0f",
        weights.generator(),
        weights.dense(),
        weights.popularity(),
        weights.coldItemBoost(),
        weights.queryLog());
  }

  @Override
  public void close() throws IOException {
    generator.close();
    texts.close();
    bundle.close();
  }
}

package io.sidestream.trainer;

import io.sidestream.model.answers.Answering;
import io.sidestream.model.answers.Catalogue;
import io.sidestream.model.answers.RankingWeights;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Generation;
import io.sidestream.trainer.corpus.Cases;
import io.sidestream.trainer.corpus.HeldOut;
import io.sidestream.trainer.evaluation.CaseCollector;
import io.sidestream.trainer.evaluation.CollectedCases;
import io.sidestream.trainer.evaluation.WeightTuning;
import java.io.IOException;
import java.util.Locale;

/**
 * A generation with all its parts open: what serving needs to answer, and what learning it left
 * behind. Closes its parts, and the bundle it was drafted in.
 *
 * @param ranking with the weights that validation taught
 */
public record LearnedGeneration(
    Generation generation,
    TrainingSettings settings,
    BundleWriter bundle,
    LearnedTexts texts,
    LearnedSpace space,
    CodedCorpus coded,
    LearnedGenerator generator,
    Manifest.Ranking ranking)
    implements AutoCloseable {

  static LearnedGeneration tuned(
      Generation generation,
      TrainingSettings settings,
      BundleWriter bundle,
      LearnedTexts texts,
      LearnedSpace space,
      CodedCorpus coded,
      LearnedGenerator generator,
      HeldOut heldOut,
      TrainingProgress progress) {
    Manifest.Ranking untuned =
        ranking(WeightTuning.COLLECTING, WeightTuning.COLLECTING, generator, settings);
    LearnedGeneration before =
        new LearnedGeneration(
            generation, settings, bundle, texts, space, coded, generator, untuned);
    CollectedCases validation = before.collect(heldOut.validation(), "validation", progress);
    Manifest.Ranking tuned =
        ranking(
            WeightTuning.tune(validation, Task.SEARCH),
            WeightTuning.tune(validation, Task.RECOMMENDATION),
            generator,
            settings);
    progress.finished("validation", weights(tuned));
    return new LearnedGeneration(
        generation, settings, bundle, texts, space, coded, generator, tuned);
  }

  /** Answers as serving would. */
  public Answering answering() {
    return new Answering(generator.prompts(), generator.generator(), ranking);
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
      LearnedGenerator generator,
      TrainingSettings settings) {
    return new Manifest.Ranking(
        search,
        recommendation,
        settings.beams(),
        settings.candidates(),
        generator.prompts().historyItems());
  }

  private static String weights(Manifest.Ranking ranking) {
    return "weights of generator, vectors, popularity, fresh items: search "
        + weights(ranking.search())
        + ", recommendation "
        + weights(ranking.recommendation());
  }

  private static String weights(RankingWeights weights) {
    return String.format(
        Locale.ROOT,
        "%.0f/%.0f/%.2f/%.2f",
        weights.generator(),
        weights.dense(),
        weights.popularity(),
        weights.fresh());
  }

  @Override
  public void close() throws IOException {
    generator.close();
    texts.close();
    bundle.close();
  }
}

package io.sidestream.learning.generation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.learning.corpus.QueryLog;
import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.WeightTuning;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemWords;
import java.io.IOException;
import java.util.List;

/**
 * A trained generation with all its parts open, before the gate. Closes its parts, and the bundle
 * that it is staged in.
 *
 * @param queryLog of the training events only
 * @param neighbours of the training events only; in serving they go on being counted
 * @param itemTexts of the corpus
 * @param ranking with the weights tuned on validation
 */
public record CandidateGeneration(
    Generation generation,
    TrainingSettings settings,
    BundleWriter bundle,
    TextEmbeddings texts,
    TrainedTowers space,
    CodedCorpus coded,
    ExportedGenerator generator,
    TermIndex queryLog,
    ItemTexts itemTexts,
    Neighbours neighbours,
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
    TermIndex queryLog = QueryLog.of(heldOut.training());
    ItemTexts itemTexts = ItemTexts.of(words(heldOut.training()));
    Neighbours neighbours =
        Neighbours.of(
            new PairReplay(settings.window())
                .neighbours(heldOut.training().interactions(), settings.neighbours()));
    CandidateGeneration before =
        new CandidateGeneration(
            generation,
            settings,
            bundle,
            texts,
            space,
            coded,
            generator,
            queryLog,
            itemTexts,
            neighbours,
            untuned);
    CollectedCases validation = before.collect(heldOut.validation(), "validation", progress);
    Manifest.Ranking tuned =
        ranking(
            WeightTuning.tune(validation, Task.SEARCH),
            WeightTuning.tune(validation, Task.RECOMMENDATION),
            generator,
            settings);
    progress.finished("validation", weights(tuned));
    return before.ranked(tuned);
  }

  private CandidateGeneration ranked(Manifest.Ranking other) {
    return new CandidateGeneration(
        generation,
        settings,
        bundle,
        texts,
        space,
        coded,
        generator,
        queryLog,
        itemTexts,
        neighbours,
        other);
  }

  /** The retriever, as in serving. */
  public Retriever answering() {
    return new Retriever(
        generator.prompts(), generator.generator(), queryLog, itemTexts, neighbours, ranking);
  }

  /** By row of the assignments. */
  private static List<ItemWords> words(Corpus training) {
    return training.items().stream().map(TextEmbeddings.TEMPLATE::words).toList();
  }

  /** The items of the corpus. */
  public Catalogue catalogue() {
    return Catalogue.of(generation, coded.codebook().shape(), coded.assignments());
  }

  /** The candidates of some cases, as serving would collect them. */
  public CollectedCases collect(
      List<EvaluationCase> cases, String stage, TrainingProgress progress) {
    progress.stage(
        stage,
        "%,d searches, %,d recommendations",
        EvaluationCase.of(Task.SEARCH, cases).size(),
        EvaluationCase.of(Task.RECOMMENDATION, cases).size());
    return new CaseCollector(answering(), catalogue(), coded.assignments().items())
        .collect(cases, progress);
  }

  /** A sequence generator knows all IDs at no more cost: as many as other sources bring items. */
  private static int beams(ExportedGenerator generator, TrainingSettings settings) {
    return generator
        .generator()
        .fold(
            encoderDecoder -> settings.beams(),
            sequence -> Math.max(settings.beams(), settings.candidates()));
  }

  private static Manifest.Ranking ranking(
      RankingWeights search,
      RankingWeights recommendation,
      ExportedGenerator generator,
      TrainingSettings settings) {
    return new Manifest.Ranking(
        search,
        recommendation,
        beams(generator, settings),
        settings.candidates(),
        generator.prompts().historyItems());
  }

  private static String weights(Manifest.Ranking ranking) {
    return "weights: search "
        + ranking.search().summary()
        + "; recommendation "
        + ranking.recommendation().summary();
  }

  @Override
  public void close() throws IOException {
    generator.close();
    texts.close();
    bundle.close();
  }
}

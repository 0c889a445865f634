package io.sidestream.learning.generation;

import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.generator.SequenceGenerator;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A trained generation with all its parts open, before the gate. Closes its parts, and the bundle
 * that it is staged in.
 *
 * @param warmStart whether it began with the weights of its parent; empty where nothing is said
 * @param queryLog of the training events only
 * @param neighbours of the training events only; in serving they go on being counted
 * @param itemTexts of the corpus
 * @param popularity that is expected of items without events
 * @param ranking with the weights tuned on validation and withheld items
 */
public record CandidateGeneration(
    Generation generation,
    TrainingSettings settings,
    BundleWriter bundle,
    Optional<WarmStart> warmStart,
    TextEmbeddings texts,
    TrainedTowers space,
    CodedCorpus coded,
    ExportedGenerator generator,
    QueryLog queryLog,
    ItemTexts itemTexts,
    Neighbours neighbours,
    PopularityPrediction popularity,
    Manifest.Ranking ranking)
    implements AutoCloseable {

  /** The same with another ranking. */
  CandidateGeneration ranked(Manifest.Ranking other) {
    return new CandidateGeneration(
        generation,
        settings,
        bundle,
        warmStart,
        texts,
        space,
        coded,
        generator,
        queryLog,
        itemTexts,
        neighbours,
        popularity,
        other);
  }

  /** The retriever, as in serving. */
  public Retriever answering() {
    return answering(neighbours);
  }

  /** The retriever with other neighbours. */
  public Retriever answering(Neighbours others) {
    return new Retriever(
        generator.prompts(), generator.generator(), queryLog, itemTexts, others, ranking);
  }

  /** The items of the corpus. */
  public Catalogue catalogue() {
    return Catalogue.of(
        generation,
        coded.codebook().shape(),
        space.towers().dimensions(),
        coded.assignments(),
        popularity);
  }

  /** Its shapes, for the manifest. */
  public Manifest.Shapes shapes() {
    return new Manifest.Shapes(
        TextEmbeddings.TEMPLATE.version(),
        space.towers().textDimensions(),
        texts.pieces().maxTokens(),
        space.towers().dimensions(),
        space.towers().collaborativeDimensions(),
        coded.codebook().shape(),
        generator.shape(),
        texts.rows().size());
  }

  /** What a refresh of it begins with, as from its bundle; it has a sequence generator. */
  public GenerationWeights weights() throws IOException {
    return new GenerationWeights(
        shapes(),
        texts.encoderSha256(),
        texts.tokenizerSha256(),
        space.towers(),
        coded.assignments().items(),
        space.collaborative(),
        generator.prompts().tokens().vocabulary(),
        generator
            .generator()
            .fold(
                other -> {
                  throw new IllegalStateException("only a sequence generator is refreshed");
                },
                SequenceGenerator::tables),
        Safetensors.read(bundle.file(BundleFiles.GENERATOR_WEIGHTS)).tensors());
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

  @Override
  public void close() throws IOException {
    generator.close();
    texts.close();
    bundle.close();
  }
}

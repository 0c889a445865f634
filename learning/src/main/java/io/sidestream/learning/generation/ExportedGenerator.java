package io.sidestream.learning.generation;

import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.examples.GeneratorExamples;
import io.sidestream.learning.examples.PieceVocabulary;
import io.sidestream.learning.generator.CentroidLogits;
import io.sidestream.learning.generator.DenseTeacher;
import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.GeneratorKind;
import io.sidestream.learning.settings.TaskWeights;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.Generator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.TaskMarker;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.text.TextEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An exported generator, opened in the serving runtime, with the encoder of its prompts.
 *
 * @param losses of its training
 * @param parity largest difference of log-probabilities between training and runtime
 */
public record ExportedGenerator(
    GeneratorShape shape,
    PromptEncoder prompts,
    TextEncoder encoder,
    Generator generator,
    LossCurve losses,
    double parity)
    implements AutoCloseable {
  private static final int PARITY_PROMPTS = 32;

  /**
   * Trains a generator of the kind of the settings, where no folder has one; the encoder is in the
   * bundle already.
   */
  static ExportedGenerator learn(
      HeldOut heldOut,
      TrainingStart start,
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    boolean sequence =
        settings.generatorKind() == GeneratorKind.SEQUENCE
            && settings.pretrained().generator().isEmpty();
    return sequence
        ? SequenceExport.learn(heldOut, start, texts, space, coded, settings, bundle, progress)
        : learn(texts, space, coded, settings, bundle, progress);
  }

  /** Trains an encoder-decoder that writes the codes of a corpus. */
  public static ExportedGenerator learn(
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    return learn(texts, space, coded, TaskMarker.TASK, settings, bundle, progress);
  }

  /**
   * The same with prompts marked in another way than in serving.
   *
   * @param coded of any number of levels and any width
   */
  public static ExportedGenerator learn(
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      TaskMarker marking,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    if (settings.pretrained().generator().isPresent()) {
      return FolderGenerator.learn(texts, space, coded, marking, settings, bundle, progress);
    }
    CodebookShape codebook = coded.codebook().shape();
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(texts.pool().queries(), texts.pieces(), codebook);
    bundle.vocabulary(vocabulary);
    GeneratorShape shape =
        settings.generator().shape(codebook, vocabulary.size(), space.towers().dimensions());
    TextEncoder encoder =
        TextEncoder.open(bundle.file(BundleFiles.ENCODER), texts.pieces(), OnnxSessions.cpu(1));
    try {
      PromptEncoder prompts =
          new PromptEncoder(
              new QueryVectors(encoder, texts, space),
              space.towers(),
              new PromptTokens(vocabulary, texts.pieces(), shape.maxTokens(), marking),
              historyItems(shape));
      List<GeneratorExample> examples = examples(prompts, texts, space, coded, settings);
      DenseTeacher teacher =
          new DenseTeacher(
              space.vectors(),
              coded.assignments().codes(),
              settings.encoder().objective().temperature());
      return export(shape, prompts, encoder, examples, coded, teacher, settings, bundle, progress);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** Maximum number of history items in a prompt. */
  private static int historyItems(GeneratorShape shape) {
    return (shape.maxTokens() - 1) / shape.codebook().levels();
  }

  static List<GeneratorExample> examples(
      PromptEncoder prompts,
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      TrainingSettings settings) {
    TaskWeights weights = settings.generator().tasks();
    GeneratorExamples examples =
        new GeneratorExamples(prompts, coded.assignments().codes(), space.vectors());
    List<GeneratorExample> all = new ArrayList<>();
    if (weights.search() > 0) {
      all.addAll(examples.searches(texts.pool(), space.queryVectors(), weights.search()));
    }
    if (weights.recommendation() > 0) {
      all.addAll(examples.histories(space.histories(), weights.recommendation()));
    }
    return all;
  }

  private static ExportedGenerator export(
      GeneratorShape shape,
      PromptEncoder prompts,
      TextEncoder encoder,
      List<GeneratorExample> examples,
      CodedCorpus coded,
      DenseTeacher teacher,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    CodeTrie trie = CodeTrie.of(coded.codebook().shape(), List.of(coded.assignments().codes()));
    try (GeneratorWeights trained =
        GeneratorTraining.train(
            shape,
            CentroidLogits.of(coded.codebook(), settings.encoder().objective().temperature()),
            trie,
            examples,
            Optional.of(teacher),
            settings.generator().training(),
            settings.seed() + 4,
            progress)) {
      progress.stage("export", "generator to one graph");
      trained.export(bundle.file(BundleFiles.GENERATOR));
      CodeGenerator generator =
          CodeGenerator.open(bundle.file(BundleFiles.GENERATOR), shape, OnnxSessions.cpu(1));
      try {
        double parity = Parity.GENERATOR.checked(trained.parity(generator, spread(examples), trie));
        progress.finished("export", "parity %.1e", parity);
        return new ExportedGenerator(shape, prompts, encoder, generator, trained.losses(), parity);
      } catch (RuntimeException e) {
        generator.close();
        throw e;
      }
    }
  }

  /** Prompts evenly spread over the examples, so that both tasks are among them. */
  static List<GeneratorPrompt> spread(List<GeneratorExample> examples) {
    int step = Math.max(1, examples.size() / PARITY_PROMPTS);
    List<GeneratorPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < examples.size(); i += step) {
      prompts.add(examples.get(i).prompt());
    }
    return prompts;
  }

  /** The prompts with other markers. */
  public PromptEncoder prompts(TaskMarker marking) {
    PromptTokens tokens = prompts.tokens();
    return new PromptEncoder(
        prompts.encoder(),
        prompts.towers(),
        new PromptTokens(tokens.vocabulary(), tokens.tokenizer(), tokens.maxTokens(), marking),
        prompts.historyItems());
  }

  @Override
  public void close() {
    generator.close();
    encoder.close();
    if (prompts.tokens().vocabulary().frame().isPresent()) { // reads with a tokenizer of its own
      prompts.tokens().tokenizer().close();
    }
  }
}

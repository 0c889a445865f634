package io.sidestream.trainer;

import io.sidestream.model.answers.Prompts;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.trainer.examples.GeneratorExamples;
import io.sidestream.trainer.examples.PieceVocabulary;
import io.sidestream.trainer.generator.CodeGeometry;
import io.sidestream.trainer.generator.GeneratorExample;
import io.sidestream.trainer.generator.GeneratorTraining;
import io.sidestream.trainer.generator.TrainedGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A generator as it was exported, opened in the runtime that serves, with the encoder it reads by.
 *
 * @param parity largest difference of log-probabilities between training and runtime
 */
record LearnedGenerator(
    GeneratorShape shape,
    Prompts prompts,
    TextEncoder encoder,
    CodeGenerator generator,
    double parity)
    implements AutoCloseable {
  private static final int PARITY_PROMPTS = 32;

  static LearnedGenerator learn(
      LearnedTexts texts,
      LearnedSpace space,
      CodedCorpus coded,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(texts.pool().queries(), texts.pieces(), settings.codebook());
    bundle.vocabulary(vocabulary);
    GeneratorShape shape =
        settings
            .generator()
            .shape(settings.codebook(), vocabulary.size(), space.towers().dimensions());
    TextEncoder encoder =
        TextEncoder.open(bundle.file(BundleFiles.ENCODER), texts.pieces(), OnnxSessions.cpu(1));
    try {
      Prompts prompts =
          new Prompts(
              encoder,
              space.towers(),
              new PromptTokens(vocabulary, texts.pieces(), shape.maxTokens()),
              historyItems(shape));
      List<GeneratorExample> examples = examples(prompts, texts, space, coded);
      return export(shape, prompts, examples, coded, settings, bundle, progress);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** As many items of a history as a prompt has room for. */
  private static int historyItems(GeneratorShape shape) {
    return (shape.maxTokens() - 1) / shape.codebook().levels();
  }

  private static List<GeneratorExample> examples(
      Prompts prompts, LearnedTexts texts, LearnedSpace space, CodedCorpus coded) {
    GeneratorExamples examples =
        new GeneratorExamples(prompts, coded.assignments().codes(), space.vectors());
    List<GeneratorExample> all = new ArrayList<>();
    all.addAll(examples.searches(texts.pool(), space.queryVectors()));
    all.addAll(examples.histories(space.histories()));
    return all;
  }

  private static LearnedGenerator export(
      GeneratorShape shape,
      Prompts prompts,
      List<GeneratorExample> examples,
      CodedCorpus coded,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    CodeTrie trie = CodeTrie.of(settings.codebook(), List.of(coded.assignments().codes()));
    try (TrainedGenerator trained =
        GeneratorTraining.train(
            shape,
            CodeGeometry.of(coded.codebook(), settings.encoder().objective().temperature()),
            trie,
            examples,
            settings.generator().training(),
            settings.seed() + 4,
            progress)) {
      progress.stage("export", "generator to one graph");
      trained.export(bundle.file(BundleFiles.GENERATOR));
      CodeGenerator generator =
          CodeGenerator.open(bundle.file(BundleFiles.GENERATOR), shape, OnnxSessions.cpu(1));
      try {
        double parity = Parity.GENERATOR.checked(trained.parity(generator, spread(examples), trie));
        progress.finished("export", String.format(Locale.ROOT, "parity %.1e", parity));
        return new LearnedGenerator(shape, prompts, prompts.encoder(), generator, parity);
      } catch (RuntimeException e) {
        generator.close();
        throw e;
      }
    }
  }

  /** Prompts evenly spread over the examples, so that both tasks are among them. */
  private static List<GeneratorPrompt> spread(List<GeneratorExample> examples) {
    int step = Math.max(1, examples.size() / PARITY_PROMPTS);
    List<GeneratorPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < examples.size(); i += step) {
      prompts.add(examples.get(i).prompt());
    }
    return prompts;
  }

  @Override
  public void close() {
    generator.close();
    encoder.close();
  }
}

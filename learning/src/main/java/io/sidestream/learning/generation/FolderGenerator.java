package io.sidestream.learning.generation;

import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.pretrained.TunedGenerator;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.TaskMarker;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The generator of a folder, fine-tuned on the codes of a corpus and written into a bundle. */
final class FolderGenerator {
  private FolderGenerator() {}

  /** Opens the folder that settings name. */
  static TunedGenerator open(TrainingSettings settings, CodebookShape codebook, int dimensions)
      throws IOException {
    Path folder = settings.pretrained().generator().orElseThrow();
    TunedGenerator.Served served =
        new TunedGenerator.Served(
            codebook,
            dimensions,
            settings.generator().maxTokens(),
            settings.pretrained().normalizer());
    return TunedGenerator.open(folder, served, settings.device(), settings.seed() + 4);
  }

  static ExportedGenerator learn(
      TextEmbeddings texts,
      TrainedTowers space,
      CodedCorpus coded,
      TaskMarker marking,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    try (TunedGenerator tuned =
        open(settings, coded.codebook().shape(), space.towers().dimensions())) {
      try {
        tuned.exportTokenizer(bundle.file(BundleFiles.GENERATOR_TOKENIZER));
        GeneratorVocabulary vocabulary = tuned.vocabulary();
        bundle.vocabulary(vocabulary);
        PromptTokens tokens =
            new PromptTokens(vocabulary, tuned.words(), tuned.shape().maxTokens(), marking);
        TextEncoder encoder =
            TextEncoder.open(bundle.file(BundleFiles.ENCODER), texts.pieces(), OnnxSessions.cpu(1));
        try {
          PromptEncoder prompts =
              new PromptEncoder(
                  new QueryVectors(encoder, texts, space),
                  space.towers(),
                  tokens,
                  tokens.maxItems());
          List<GeneratorExample> examples =
              ExportedGenerator.examples(prompts, texts, space, coded, settings);
          tuned.train(examples, settings(settings.generator()), progress);
          return export(tuned, prompts, encoder, examples, coded, bundle, progress);
        } catch (IOException | RuntimeException e) {
          encoder.close();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        tuned.words().close();
        throw e;
      }
    }
  }

  private static PretrainedGenerator.Settings settings(GeneratorSettings generator) {
    GeneratorTraining.Settings training = generator.training();
    return new PretrainedGenerator.Settings(
        training.epochs(),
        training.maxSteps(),
        training.batch(),
        training.learningRate(),
        training.weightDecay(),
        generator.maxTokens(),
        training.device());
  }

  private static ExportedGenerator export(
      TunedGenerator tuned,
      PromptEncoder prompts,
      TextEncoder encoder,
      List<GeneratorExample> examples,
      CodedCorpus coded,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    progress.stage("export", "generator to one graph");
    Path graph = bundle.file(BundleFiles.GENERATOR);
    tuned.export(graph);
    CodeGenerator generator = CodeGenerator.open(graph, tuned.shape(), OnnxSessions.cpu(1));
    try {
      CodeTrie trie = CodeTrie.of(coded.codebook().shape(), List.of(coded.assignments().codes()));
      double parity =
          Parity.GENERATOR.checked(
              tuned.parity(generator, ExportedGenerator.spread(examples), trie));
      progress.finished("export", "parity %.1e", parity);
      return new ExportedGenerator(
          tuned.shape(), prompts, encoder, generator, tuned.losses(), parity);
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }
}

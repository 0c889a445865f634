package io.sidestream.learning.generation;

import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.examples.PieceVocabulary;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.sequence.SequenceExamples;
import io.sidestream.learning.sequence.SequenceItems;
import io.sidestream.learning.sequence.SequenceTraining;
import io.sidestream.learning.sequence.SequenceWeights;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.SequenceGenerator;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.text.TextEncoder;
import java.io.IOException;

/** Trains a sequence generator, writes it into a bundle and opens it in the serving runtime. */
final class SequenceExport {
  private SequenceExport() {}

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
    CodebookShape codebook = coded.codebook().shape();
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(texts.pool().queries(), texts.pieces(), codebook);
    bundle.vocabulary(vocabulary);
    GeneratorShape shape =
        settings.sequence().shape(codebook, vocabulary.size(), space.towers().dimensions());
    TextEncoder encoder =
        TextEncoder.open(bundle.file(BundleFiles.ENCODER), texts.pieces(), OnnxSessions.cpu(1));
    try {
      PromptEncoder prompts =
          new PromptEncoder(
              new QueryVectors(encoder, texts, space),
              space.towers(),
              new PromptTokens(vocabulary, texts.pieces(), shape.maxTokens()),
              shape.maxTokens());
      SequenceExamples validation = SequenceData.validation(heldOut.validation(), prompts);
      SequenceExamples training = SequenceData.training(heldOut.training(), texts, space, prompts);
      try (SequenceWeights trained =
          SequenceTraining.train(
              shape,
              vocabulary,
              new SequenceItems(codebook, space.texts(), coded.assignments().codes()),
              start.generator(texts.rows().ids()),
              training,
              validation,
              settings.sequence().training(),
              settings.seed() + 4,
              progress)) {
        boolean unused = heldOut.validation().isEmpty();
        return export(trained, prompts, encoder, unused ? training : validation, bundle, progress);
      }
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static ExportedGenerator export(
      SequenceWeights trained,
      PromptEncoder prompts,
      TextEncoder encoder,
      SequenceExamples compared,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    progress.stage("export", "generator to one graph");
    SequenceTables tables = trained.tables();
    trained.export(bundle.file(BundleFiles.GENERATOR));
    bundle.sequenceTables(tables);
    bundle.generatorWeights(trained.kept());
    SequenceGenerator generator =
        SequenceGenerator.open(
            bundle.file(BundleFiles.GENERATOR), trained.shape(), tables, OnnxSessions.cpu(1));
    try {
      double parity = Parity.GENERATOR.checked(trained.parity(generator, compared));
      progress.finished("export", "parity %.1e", parity);
      return new ExportedGenerator(
          trained.shape(), prompts, encoder, generator, trained.losses(), parity);
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }
}

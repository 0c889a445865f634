package io.sidestream.experiments;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.experiments.run.TrialSettings;
import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.corpus.HeldOutSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.learning.settings.TaskWeights;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.pairs.WindowLimits;

/** Experiments that take seconds: the real parts, on a small sample, learning next to nothing. */
final class TinyExperiments {
  private static final GeneratorSettings GENERATOR =
      new GeneratorSettings(
          16,
          1,
          2,
          32,
          16,
          TaskWeights.EQUAL,
          new GeneratorTraining.Settings(1, 8, 32, 2e-3, 0, 0, 0.1, true, 0));

  private static final BiEncoderSettings ENCODER =
      BiEncoderSettings.DEFAULT
          .withDimensions(16)
          .withHeads(new BiEncoderSettings.Heads(8, 16, 2e-3, 0.01));

  static final ExperimentSettings SETTINGS =
      new ExperimentSettings(
          new SplitSettings(
              new HeldOutSettings(4, 20, 20, 0.15, 10, 20, 20), 0.1, 20, WindowLimits.DEFAULT),
          new EmbeddingSpaceSettings(
              16,
              new ExampleSettings(1, 0.5, 20, 300),
              ENCODER,
              new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 8),
              16,
              2),
          new TrialSettings(GENERATOR, 30),
          fullSystem(),
          0.2);

  private TinyExperiments() {}

  static DatasetByKind dataset() {
    return DatasetByKind.of(new SampleCatalogue(1, new SampleSize(60, 30, 4, 900)).dataset());
  }

  private static TrainingSettings fullSystem() {
    return TrainingSettings.QUICK
        .withEncoder(ENCODER)
        .withCodebook(new CodebookShape(2, 8))
        .withGenerator(GENERATOR);
  }
}

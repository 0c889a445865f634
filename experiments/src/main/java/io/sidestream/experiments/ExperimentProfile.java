package io.sidestream.experiments;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.experiments.run.TrialSettings;
import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TaskWeights;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of experiments by the time that they take. */
public enum ExperimentProfile {
  /** About a minute for each trial of some thousand items on two cores. */
  QUICK(
      new ExperimentSettings(
          new SplitSettings(
              new HeldOutSettings(4, 1_000, 500, 0.15, 400, 1_000, 500),
              0.1,
              1_000,
              WindowLimits.DEFAULT),
          new EmbeddingSpaceSettings(
              128,
              new ExampleSettings(2, 0.5, 100, 30_000),
              new BiEncoderSettings(
                  128,
                  20,
                  0.8,
                  objective(2_000),
                  new BiEncoderSettings.Heads(400, 256, 2e-3, 0),
                  BiEncoderSettings.Layers.NONE,
                  2),
              new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 128),
              128,
              30),
          new TrialSettings(
              new GeneratorSettings(
                  128,
                  2,
                  4,
                  256,
                  32,
                  TaskWeights.EQUAL,
                  new GeneratorTraining.Settings(4, 500, 64, 2e-3, 0.01, 0.1, 0.05, true, 0)),
              60),
          TrainingSettings.profile(Profile.QUICK),
          0.05),
      Optional.empty()),

  /** The settings of full trainings: hours on a CPU. */
  FULL(
      new ExperimentSettings(
          SplitSettings.DEFAULT,
          new EmbeddingSpaceSettings(
              TrainingSettings.profile(Profile.FULL).maxTokens(),
              TrainingSettings.profile(Profile.FULL).examples(),
              TrainingSettings.profile(Profile.FULL).encoder(),
              TrainingSettings.profile(Profile.FULL).collaborative(),
              256,
              30),
          new TrialSettings(TrainingSettings.profile(Profile.FULL).generator(), 60),
          TrainingSettings.profile(Profile.FULL),
          0.05),
      Optional.of(PretrainedEncoder.Settings.PUBLISHED));

  private final ExperimentSettings settings;
  private final Optional<PretrainedEncoder.Settings> fineTuning;

  ExperimentProfile(ExperimentSettings settings, Optional<PretrainedEncoder.Settings> fineTuning) {
    this.settings = settings;
    this.fineTuning = fineTuning;
  }

  /** Equal for all spaces, which differ in their inputs and training data. */
  private static Objective objective(int negatives) {
    return new Objective(
        0.05,
        LossWeights.EQUAL,
        0.15,
        new ItemEmbeddingSettings(true, 0, 2.5, 0),
        negatives,
        List.of(),
        new Commitment(6, CodebookShape.DEFAULT));
  }

  public ExperimentSettings settings() {
    return settings;
  }

  /**
   * Models of folders in place of the bundled ones, with their published settings; an encoder is
   * itself fine-tuned by the full profile; by the quick one, heads are trained on its vectors.
   *
   * @throws io.sidestream.schemas.UserErrorException when a folder holds no model that is supported
   */
  public PretrainedModels models(Optional<Path> encoder, Optional<Path> generator) {
    PretrainedModels models = PretrainedModels.NONE;
    if (encoder.isPresent()) {
      models = models.withEncoder(encoder.get(), fineTuning);
    }
    return generator.isEmpty()
        ? models
        : models.withGenerator(generator.get(), PretrainedGenerator.Settings.PUBLISHED);
  }
}

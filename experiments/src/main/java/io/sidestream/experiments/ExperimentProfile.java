package io.sidestream.experiments;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.data.TimeCuts;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.experiments.run.TrialSettings;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.onnx.Device;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings of experiments by the time that they take. */
public enum ExperimentProfile {
  /** About a minute for each trial of some thousand items on two cores. */
  QUICK(
      new SplitSettings(
          TrainingSettings.profile(Profile.FULL).heldOut(), 0.1, 1_000, WindowLimits.DEFAULT),
      TrainingSettings.profile(Profile.QUICK)
          .with(
              Map.ofEntries(
                  Map.entry("trainer.collaborative.dimensions", "128"),
                  Map.entry("trainer.encoder.temperature", "0.05"),
                  Map.entry("trainer.encoder.collaborative.dropout", "0.15"),
                  Map.entry("trainer.encoder.history.decay", "0.8"),
                  Map.entry("trainer.encoder.loss.item.item", "1"),
                  Map.entry("trainer.encoder.loss.commitment", "6"),
                  Map.entry("trainer.encoder.item.embedding.learning.rate.multiplier", "2.5"),
                  Map.entry("trainer.encoder.sampled.negatives", "2000"),
                  Map.entry("trainer.encoder.steps", "400"),
                  Map.entry("trainer.encoder.batch.size", "256"),
                  Map.entry("trainer.encoder.weight.decay", "0"),
                  Map.entry("trainer.generator.max.steps", "500"),
                  Map.entry("trainer.generator.distillation.weight", "0"))),
      128,
      TrainingSettings.profile(Profile.QUICK),
      1,
      Optional.empty()),

  /** The settings of full trainings: hours on a CPU. */
  FULL(
      SplitSettings.DEFAULT,
      TrainingSettings.profile(Profile.FULL),
      256,
      TrainingSettings.profile(Profile.FULL),
      TimeCuts.REFRESHES,
      Optional.of(PretrainedEncoder.Settings.PUBLISHED));

  private static final int FACTOR_EPOCHS = 30;
  private static final double WITHHELD_SHARE = 0.05;

  private final SplitSettings split;
  private final TrainingSettings trials;
  private final int factorDimensions;
  private final TrainingSettings fullSystem;
  private final int refreshes;
  private final Optional<PretrainedEncoder.Settings> fineTuning;

  /**
   * @param trials of spaces and generators that are compared
   * @param refreshes each costs a full training and two refreshes
   */
  ExperimentProfile(
      SplitSettings split,
      TrainingSettings trials,
      int factorDimensions,
      TrainingSettings fullSystem,
      int refreshes,
      Optional<PretrainedEncoder.Settings> fineTuning) {
    this.split = split;
    this.trials = trials;
    this.factorDimensions = factorDimensions;
    this.fullSystem = fullSystem;
    this.refreshes = refreshes;
    this.fineTuning = fineTuning;
  }

  /**
   * The settings of all experiments.
   *
   * @param overrides settings of the trainer that differ, for the full system and for trials alike
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake in them
   */
  public ExperimentSettings settings(Map<String, String> overrides) {
    TrainingSettings some = trials.with(overrides);
    return new ExperimentSettings(
        split,
        new EmbeddingSpaceSettings(
            some.maxTokens(),
            some.examples(),
            some.encoder(),
            some.collaborative(),
            factorDimensions,
            FACTOR_EPOCHS),
        new TrialSettings(some.generator(), some.beams()),
        fullSystem.with(overrides),
        WITHHELD_SHARE,
        refreshes);
  }

  /** The same without any that differ. */
  public ExperimentSettings settings() {
    return settings(Map.of());
  }

  /**
   * Models of folders in place of the bundled ones, with their published settings; an encoder is
   * itself fine-tuned by the full profile; by the quick one, heads are trained on its vectors.
   *
   * @param device that they are tuned on
   * @throws io.sidestream.schemas.UserErrorException when a folder holds no model that is supported
   */
  public PretrainedModels models(Optional<Path> encoder, Optional<Path> generator, Device device) {
    PretrainedModels models = PretrainedModels.NONE;
    if (encoder.isPresent()) {
      models = models.withEncoder(encoder.get(), fineTuning.map(one -> one.on(device)));
    }
    return generator.isEmpty()
        ? models
        : models.withGenerator(generator.get(), PretrainedGenerator.Settings.PUBLISHED.on(device));
  }
}

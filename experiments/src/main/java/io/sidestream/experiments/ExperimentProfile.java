package io.sidestream.experiments;

import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.lab.ExperimentSettings;
import io.sidestream.experiments.spaces.SpaceSettings;
import io.sidestream.experiments.trials.TrialSettings;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.trainer.GeneratorSettings;
import io.sidestream.trainer.TrainingSettings;
import io.sidestream.trainer.corpus.HeldOutSettings;
import io.sidestream.trainer.examples.ExampleSettings;
import io.sidestream.trainer.generator.GeneratorTraining;

/** How much time an experiment takes. */
public enum ExperimentProfile {
  /** Minutes for each trial on two cores, for some thousand items. */
  QUICK(
      new ExperimentSettings(
          new SplitSettings(
              new HeldOutSettings(4, 1_000, 500, 0.15, 400, 1_000, 500),
              0.1,
              1_000,
              WindowLimits.DEFAULT),
          new SpaceSettings(
              128,
              new ExampleSettings(2, 0.5, 100, 30_000),
              TrainingSettings.QUICK.encoder(),
              64,
              128,
              30),
          new TrialSettings(
              new GeneratorSettings(
                  128,
                  2,
                  4,
                  256,
                  32,
                  new GeneratorTraining.Settings(4, 1_200, 64, 2e-3, 0.01, 0.1, 0.05)),
              60),
          TrainingSettings.QUICK,
          0.05)),

  /** Without haste, on a machine with an accelerator or a night to spend. */
  FULL(
      new ExperimentSettings(
          SplitSettings.DEFAULT,
          new SpaceSettings(
              256,
              new ExampleSettings(4, 0.5, 500, 1_000_000),
              TrainingSettings.FULL.encoder(),
              128,
              256,
              30),
          new TrialSettings(TrainingSettings.FULL.generator(), 60),
          TrainingSettings.FULL,
          0.05));

  private final ExperimentSettings settings;

  ExperimentProfile(ExperimentSettings settings) {
    this.settings = settings;
  }

  public ExperimentSettings settings() {
    return settings;
  }
}

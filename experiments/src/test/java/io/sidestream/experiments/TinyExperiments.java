package io.sidestream.experiments;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.embedding.EmbeddingSpaceSettings;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.experiments.run.TrialSettings;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.Map;

/** Experiments that take seconds: the real parts, on a small sample, learning next to nothing. */
final class TinyExperiments {
  private static final TrainingSettings FULL_SYSTEM = fullSystem();

  static final ExperimentSettings SETTINGS =
      new ExperimentSettings(
          new SplitSettings(
              new HeldOutSettings(4, 20, 20, 0.15, 10, 20, 20), 0.1, 20, WindowLimits.DEFAULT),
          new EmbeddingSpaceSettings(
              16,
              new ExampleSettings(1, 0.5, 20, 300),
              FULL_SYSTEM.encoder(),
              new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 8),
              16,
              2),
          new TrialSettings(FULL_SYSTEM.generator(), 30),
          FULL_SYSTEM,
          0.2,
          2);

  private TinyExperiments() {}

  static DatasetByKind dataset() {
    return DatasetByKind.of(new SampleCatalogue(1, new SampleSize(60, 30, 4, 900)).dataset());
  }

  private static TrainingSettings fullSystem() {
    return TrainingSettings.profile(Profile.QUICK)
        .with(
            Map.ofEntries(
                Map.entry("trainer.encoder.dimensions", "16"),
                Map.entry("trainer.encoder.steps", "8"),
                Map.entry("trainer.encoder.batch.size", "16"),
                Map.entry("trainer.codebook.width", "8"),
                Map.entry("trainer.generator.dimensions", "16"),
                Map.entry("trainer.generator.layers", "1"),
                Map.entry("trainer.generator.heads", "2"),
                Map.entry("trainer.generator.feed.forward.dimensions", "32"),
                Map.entry("trainer.generator.max.tokens", "16"),
                Map.entry("trainer.generator.epochs", "1"),
                Map.entry("trainer.generator.max.steps", "8"),
                Map.entry("trainer.generator.batch.size", "32"),
                Map.entry("trainer.generator.weight.decay", "0"),
                Map.entry("trainer.generator.dropout", "0"),
                Map.entry("trainer.generator.warmup.ratio", "0.1"),
                Map.entry("trainer.generator.kind", "sequence"),
                Map.entry("trainer.generator.sequence.dimensions", "16"),
                Map.entry("trainer.generator.sequence.layers", "1"),
                Map.entry("trainer.generator.sequence.heads", "2"),
                Map.entry("trainer.generator.sequence.feed.forward.dimensions", "32"),
                Map.entry("trainer.generator.sequence.max.positions", "16"),
                Map.entry("trainer.generator.sequence.epochs", "4"),
                Map.entry("trainer.generator.sequence.max.steps", "8"),
                Map.entry("trainer.generator.distillation.weight", "0")));
  }
}

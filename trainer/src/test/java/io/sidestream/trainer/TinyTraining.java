package io.sidestream.trainer;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.corpus.HeldOutSettings;
import io.sidestream.learning.evaluation.GateSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.settings.CollaborativeSettings;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.learning.settings.TaskWeights;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Settings of a training that takes a few seconds, and an order for one. */
public final class TinyTraining {
  public static final TrainingSettings SETTINGS =
      new TrainingSettings(
          7,
          WindowLimits.DEFAULT,
          new HeldOutSettings(4, 20, 20, 0.15, 10, 20, 20),
          16,
          new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 8),
          new ExampleSettings(1, 0.5, 20, 500),
          new BiEncoderSettings(
              16,
              10,
              0.9,
              Objective.DEFAULT
                  .withSampledNegatives(20)
                  .withCommitment(new Commitment(1, new CodebookShape(2, 8))),
              new BiEncoderSettings.Heads(20, 16, 2e-3, 0.01),
              BiEncoderSettings.Layers.NONE,
              1),
          new CodebookShape(2, 8),
          5,
          new GeneratorSettings(
              16,
              1,
              2,
              32,
              16,
              TaskWeights.EQUAL,
              new GeneratorTraining.Settings(1, 10, 32, 2e-3, 0, 0, 0.1, true, 0.3)),
          30,
          30,
          new GateSettings(0, 0, 1, 0, 5));

  private TinyTraining() {}

  /** An order for the first generation. */
  public static TrainingJob order(Optional<GenerationAnnouncement> live) {
    return new TrainingJob(
        new Generation(1), "default", live, new CorpusOffsets(Map.of()), Instant.EPOCH);
  }
}

package io.sidestream.trainer;

import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Settings of a training that takes a few seconds, and an order for one. */
public final class TinyTraining {
  public static final TrainingSettings SETTINGS =
      TrainingSettings.profile(Profile.QUICK)
          .with(
              Map.ofEntries(
                  Map.entry("trainer.seed", "7"),
                  Map.entry("trainer.test.users", "20"),
                  Map.entry("trainer.test.searches", "20"),
                  Map.entry("trainer.test.searches.per.user", "10"),
                  Map.entry("trainer.validation.users", "20"),
                  Map.entry("trainer.validation.searches", "20"),
                  Map.entry("trainer.text.max.tokens", "16"),
                  Map.entry("trainer.collaborative.dimensions", "8"),
                  Map.entry("trainer.examples.sentences.per.item", "1"),
                  Map.entry("trainer.examples.histories", "500"),
                  Map.entry("trainer.examples.histories.per.user", "20"),
                  Map.entry("trainer.encoder.dimensions", "16"),
                  Map.entry("trainer.encoder.history.items", "10"),
                  Map.entry("trainer.encoder.sampled.negatives", "20"),
                  Map.entry("trainer.encoder.steps", "20"),
                  Map.entry("trainer.encoder.batch.size", "16"),
                  Map.entry("trainer.codebook.width", "8"),
                  Map.entry("trainer.codebook.iterations", "5"),
                  Map.entry("trainer.generator.dimensions", "16"),
                  Map.entry("trainer.generator.layers", "1"),
                  Map.entry("trainer.generator.heads", "2"),
                  Map.entry("trainer.generator.feed.forward.dimensions", "32"),
                  Map.entry("trainer.generator.max.tokens", "16"),
                  Map.entry("trainer.generator.epochs", "1"),
                  Map.entry("trainer.generator.max.steps", "10"),
                  Map.entry("trainer.generator.batch.size", "32"),
                  Map.entry("trainer.generator.weight.decay", "0"),
                  Map.entry("trainer.generator.dropout", "0"),
                  Map.entry("trainer.generator.warmup.ratio", "0.1"),
                  Map.entry("trainer.generator.distillation.weight", "0.3"),
                  Map.entry("trainer.generator.kind", "sequence"),
                  Map.entry("trainer.generator.sequence.dimensions", "16"),
                  Map.entry("trainer.generator.sequence.layers", "1"),
                  Map.entry("trainer.generator.sequence.heads", "2"),
                  Map.entry("trainer.generator.sequence.feed.forward.dimensions", "32"),
                  Map.entry("trainer.generator.sequence.max.positions", "16"),
                  Map.entry("trainer.generator.sequence.epochs", "10"),
                  Map.entry("trainer.generator.sequence.max.steps", "10"),
                  Map.entry("trainer.beams", "30"),
                  Map.entry("trainer.dense.candidates", "30"),
                  Map.entry("trainer.gate.search.min.recall", "0"),
                  Map.entry("trainer.gate.recommendation.min.recall", "0"),
                  Map.entry("trainer.gate.margin", "1"),
                  Map.entry("trainer.gate.min.lift", "0"),
                  Map.entry("trainer.gate.min.cases", "5")));

  private TinyTraining() {}

  /** An order for the first generation. */
  public static TrainingJob order(Optional<GenerationAnnouncement> live) {
    return new TrainingJob(
        new Generation(1),
        "default",
        live,
        Optional.empty(),
        0,
        new CorpusOffsets(Map.of()),
        Instant.EPOCH);
  }
}

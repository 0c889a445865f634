package io.sidestream.learning.settings;

import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.collaborative.CollaborativeVectors;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.learning.tensor.Precision;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;

/** The settings of a training. */
final class TrainingKeys {
  private static final int MANY = 100_000_000;

  static final SettingsSchema SCHEMA =
      new SettingsSchema("trainer")
          .profiles("trainer.profile", Profile.class, Profile.QUICK, "defaults of the keys below")
          .number("trainer.seed", 1, 0, Long.MAX_VALUE / 2, "seed of all random draws")
          .choice("trainer.device", Device.class, Device.CPU, "that training computes on")
          .choice(
              "trainer.precision",
              Precision.class,
              Precision.FLOAT32,
              "of matrix products on cuda; tf32 needs an environment variable")
          .include(
              SharedSettings.WINDOW,
              evaluation(),
              data(),
              encoder(),
              codebook(),
              generator(),
              sequence(),
              refresh());

  private TrainingKeys() {}

  private static SettingsSchema evaluation() {
    return new SettingsSchema("trainer")
        .integer("trainer.test.min.interactions", 4, 3, MANY, "items of a user who is evaluated")
        .integer("trainer.test.users", 0, MANY, "users whose last interaction is a test")
        .integer("trainer.validation.users", 0, MANY, "users whose last but one validates")
        .real("trainer.test.search.share", 0.15, 0, 0.4, "newest searches held out, twice over")
        .integer("trainer.test.searches.per.user", 1, MANY, "most held-out searches of a user")
        .integer("trainer.test.searches", 0, MANY, "most searches that are tests")
        .integer("trainer.validation.searches", 0, MANY, "most searches that validate")
        .real("trainer.gate.search.min.recall", 0.02, 0, 1, "least recall@30 of search")
        .real("trainer.gate.recommendation.min.recall", 0.02, 0, 1, "least of recommendation")
        .real("trainer.gate.margin", 0.05, 0, 1, "recall@30 that the live generation may be ahead")
        .real("trainer.gate.min.lift", 1.5, 0, 1_000, "least recall@30 in multiples of random")
        .integer("trainer.gate.min.cases", 20, 1, MANY, "tests below which a task is not gated");
  }

  private static SettingsSchema data() {
    return new SettingsSchema("trainer")
        .integer(
            "trainer.text.max.tokens",
            128,
            TextTokenizer.MIN_TOKENS,
            TextTokenizer.MAX_TOKENS,
            "word pieces after which a text is truncated")
        .choice(
            "trainer.collaborative.source",
            CollaborativeSettings.Source.class,
            CollaborativeSettings.Source.LEAST_SQUARES,
            "collaborative vectors: ALS, or co-occurrence counts")
        .integer(
            "trainer.collaborative.dimensions",
            2,
            CollaborativeVectors.MAX_DIMENSIONS,
            "dimensions of the collaborative vectors")
        .integer(
            "trainer.examples.sentences.per.item",
            0,
            ExampleSettings.MAX_SENTENCES,
            "sentences of an item's text used as pseudo-queries")
        .real("trainer.examples.pseudo.query.weight", 0.5, 0.001, 1_000, "a real query weighs 1")
        .integer("trainer.examples.histories.per.user", 1, MANY, "newest histories of a user")
        .integer("trainer.examples.histories", 1, MANY, "histories in all; sampled above");
  }

  private static SettingsSchema encoder() {
    return new SettingsSchema("trainer")
        .path(
            "trainer.encoder.model",
            "",
            "folder of a BERT, XLM-R or MPNet encoder; none: bundled MiniLM")
        .text(
            "trainer.encoder.model.prompt",
            "",
            "and a blank stand before each text; none: the folder's default prompt")
        .flag(
            "trainer.encoder.model.fine.tuned",
            false,
            "whole encoder of the folder is fine-tuned before the heads")
        .integer("trainer.encoder.dimensions", 2, 4_096, "dimensions of the vector space")
        .integer("trainer.encoder.history.items", 20, 1, 1_000, "newest items of a history vector")
        .real("trainer.encoder.history.decay", 0.001, 1, "weight of an item over the next one's")
        .real("trainer.encoder.temperature", 0.001, 1, "softmax temperature")
        .real("trainer.encoder.loss.query.item", 0, 1_000, "weight of query to item")
        .real("trainer.encoder.loss.item.item", 0, 1_000, "weight of item to co-occurring item")
        .real("trainer.encoder.loss.next.item", 1, 0, 1_000, "weight of history to next item")
        .real("trainer.encoder.loss.commitment", 0, 1_000, "weight of vectors to their codes")
        .real("trainer.encoder.collaborative.dropout", 0, 0.99, "items seen by text alone")
        .flag("trainer.encoder.item.embedding.enabled", true, "learned embedding per item")
        .real("trainer.encoder.item.embedding.dropout", 0, 0, 0.99, "items seen without theirs")
        .real(
            "trainer.encoder.item.embedding.learning.rate.multiplier",
            1e-9,
            1_000,
            "over the learning rate of the other weights")
        .real("trainer.encoder.item.embedding.weight.decay", 0, 0, 10, "of item embeddings")
        .integer(
            "trainer.encoder.sampled.negatives",
            2_560,
            0,
            Objective.MAX_NEGATIVES,
            "items drawn per batch beside in-batch negatives")
        .integer("trainer.encoder.steps", 0, 1_000_000, "steps of the heads")
        .integer("trainer.encoder.batch.size", 2, 4_096, "pairs of each kind per step")
        .real("trainer.encoder.learning.rate", 2e-3, 1e-9, 10, "peak learning rate")
        .real("trainer.encoder.weight.decay", 0, 10, "weight decay of the heads")
        .integer("trainer.encoder.fine.tuning.layers", 0, 0, 6, "last layers that are fine-tuned")
        .integer("trainer.encoder.fine.tuning.steps", 200, 0, 1_000_000, "steps of fine-tuning")
        .integer("trainer.encoder.fine.tuning.batch.size", 32, 2, 4_096, "pairs per step")
        .real("trainer.encoder.fine.tuning.learning.rate", 3e-5, 1e-9, 10, "peak learning rate");
  }

  private static SettingsSchema codebook() {
    return new SettingsSchema("trainer")
        .integer("trainer.codebook.levels", 2, 1, SemanticId.MAX_LEVELS, "codes of a Semantic ID")
        .integer("trainer.codebook.width", 256, 2, SemanticId.MAX_WIDTH, "centroids per level")
        .integer("trainer.codebook.iterations", 1, 1_000, "k-means iterations per level")
        .flag(
            "trainer.codebook.align",
            true,
            "codes begin at the live generation's and keep numbers");
  }

  private static SettingsSchema sequence() {
    return new SettingsSchema("trainer")
        .integer("trainer.generator.sequence.dimensions", 8, 4_096, "width of the layers")
        .integer("trainer.generator.sequence.layers", 1, 48, "layers")
        .integer("trainer.generator.sequence.heads", 4, 1, 128, "attention heads")
        .integer(
            "trainer.generator.sequence.feed.forward.dimensions", 8, 16_384, "feed-forward width")
        .integer("trainer.generator.sequence.max.positions", 2, 1_024, "latest items of a history")
        .integer("trainer.generator.sequence.epochs", 1, 10_000, "passes over the histories")
        .integer("trainer.generator.sequence.max.steps", 20_000, 1, MANY, "most steps in all")
        .integer(
            "trainer.generator.sequence.batch.size", 1, 4_096, "windows per step, and searches")
        .real("trainer.generator.sequence.learning.rate", 2.5e-3, 1e-9, 10, "peak learning rate")
        .real("trainer.generator.sequence.weight.decay", 0.1, 0, 10, "weight decay of matrices")
        .real("trainer.generator.sequence.dropout", 0, 0.99, "dropout of activations")
        .real(
            "trainer.generator.sequence.residual.dropout",
            0,
            0.99,
            "items read by text and codes alone")
        .real("trainer.generator.sequence.position.dropout", 0, 0.99, "items not read at all")
        .integer(
            "trainer.generator.sequence.events.per.user", 400, 2, MANY, "latest events per epoch")
        .real("trainer.generator.sequence.warmup.ratio", 0.05, 0, 1, "share of steps that warm up")
        .real(
            "trainer.generator.sequence.search.weight",
            0,
            1_000,
            "of searches beside windows; times loss.search");
  }

  private static SettingsSchema refresh() {
    return new SettingsSchema("trainer")
        .integer(
            "trainer.refresh.most",
            0,
            0,
            WarmStart.MAX_REFRESHES,
            "refreshes between full trainings; 0: all are full")
        .real("trainer.refresh.max.new.items", 0.2, 0, 1, "share of new items, above: full")
        .real("trainer.refresh.min.kept.codes", 0.5, 0, 1, "kept by the live one, below: full")
        .integer("trainer.refresh.encoder.steps", 0, 1_000_000, "steps of the heads")
        .real("trainer.refresh.encoder.learning.rate", 2e-3, 1e-9, 10, "peak learning rate")
        .integer("trainer.refresh.generator.epochs", 1, 10_000, "passes over the histories")
        .real("trainer.refresh.generator.learning.rate", 1e-3, 1e-9, 10, "peak learning rate")
        .real("trainer.refresh.generator.warmup.ratio", 0.1, 0, 1, "share of steps that warm up");
  }

  private static SettingsSchema generator() {
    return new SettingsSchema("trainer")
        .choice(
            "trainer.generator.kind",
            GeneratorKind.class,
            GeneratorKind.SEQUENCE,
            "the keys of the other kind have no effect")
        .path("trainer.generator.model", "", "folder of a T5 or flan-t5; none: from scratch")
        .choice(
            "trainer.generator.model.normalizer",
            GraphPlan.Normalizer.class,
            GraphPlan.Normalizer.TRIE,
            "what probabilities of the folder's generator sum to 1 over")
        .integer("trainer.generator.dimensions", 128, 8, 4_096, "width of the layers")
        .integer("trainer.generator.layers", 2, 1, 48, "encoder layers, and decoder layers")
        .integer("trainer.generator.heads", 4, 1, 128, "attention heads")
        .integer("trainer.generator.feed.forward.dimensions", 256, 8, 16_384, "feed-forward width")
        .integer("trainer.generator.max.tokens", 4, 1_024, "tokens of the longest prompt")
        .real("trainer.generator.loss.search", 1, 0, 1_000, "weight of search examples")
        .real("trainer.generator.loss.recommendation", 1, 0, 1_000, "weight of the others")
        .integer("trainer.generator.epochs", 1, 10_000, "passes over the examples")
        .integer("trainer.generator.max.steps", 1, MANY, "most steps in all")
        .integer("trainer.generator.batch.size", 1, 4_096, "examples per step")
        .real("trainer.generator.learning.rate", 1e-9, 10, "peak learning rate")
        .real("trainer.generator.weight.decay", 0.01, 0, 10, "weight decay of matrices")
        .real("trainer.generator.dropout", 0.1, 0, 0.99, "dropout of activations")
        .real("trainer.generator.warmup.ratio", 0.05, 0, 1, "share of steps that warm up")
        .real(
            "trainer.generator.distillation.weight", 0, 0.999, "dense teacher's share of the loss")
        .integer(
            "trainer.beams",
            60,
            TrainingSettings.MIN_BEAMS,
            TrainingSettings.MAX_CANDIDATES,
            "IDs that the generator decodes per request")
        .integer(
            "trainer.dense.candidates",
            1,
            TrainingSettings.MAX_CANDIDATES,
            "items that dense retrieval adds per request");
  }
}

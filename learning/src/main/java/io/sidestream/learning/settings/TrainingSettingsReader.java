package io.sidestream.learning.settings;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.collaborative.CollaborativeVectors;
import io.sidestream.learning.corpus.HeldOutSettings;
import io.sidestream.learning.evaluation.GateSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.Settings;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads how to train: a profile, and whatever settings differ from it. */
public final class TrainingSettingsReader {
  private static final int MANY = 100_000_000;
  private static final Duration FOREVER = Duration.ofDays(3_650);

  private final Settings settings;
  private final TrainingSettings usual;

  private TrainingSettingsReader(Settings settings, TrainingSettings usual) {
    this.settings = settings;
    this.usual = usual;
  }

  /** What records refuse is noted as a mistake of the settings, and the profile's value taken. */
  public static TrainingSettings read(Settings settings) {
    Profile profile = settings.choice("trainer.profile", Profile.class, Profile.QUICK);
    return new TrainingSettingsReader(settings, profile.settings()).read();
  }

  private TrainingSettings read() {
    long seed = settings.number("trainer.seed", usual.seed(), 0, Long.MAX_VALUE / 2);
    int pieces =
        settings.integer(
            "trainer.text.pieces",
            usual.maxPieces(),
            TextTokenizer.MIN_TOKENS,
            TextTokenizer.MAX_TOKENS);
    CollaborativeSettings collaborative =
        new CollaborativeSettings(
            settings.choice(
                "trainer.collaborative.source",
                CollaborativeSettings.Source.class,
                usual.collaborative().source()),
            settings.integer(
                "trainer.collaborative.dimensions",
                usual.collaborative().dimensions(),
                2,
                CollaborativeVectors.MAX_DIMENSIONS));
    int iterations =
        settings.integer("trainer.codebook.iterations", usual.codebookIterations(), 1, 1_000);
    int beams =
        settings.integer(
            "trainer.beams",
            usual.beams(),
            TrainingSettings.MIN_BEAMS,
            TrainingSettings.MAX_CANDIDATES);
    int candidates =
        settings.integer(
            "trainer.candidates", usual.candidates(), 1, TrainingSettings.MAX_CANDIDATES);
    CodebookShape codebook = checked(this::codebook, usual.codebook());
    return checked(
        () ->
            new TrainingSettings(
                seed,
                window(),
                checked(this::heldOut, usual.heldOut()),
                pieces,
                collaborative,
                checked(this::examples, usual.examples()),
                checked(() -> encoder(codebook), usual.encoder()),
                codebook,
                iterations,
                checked(this::generator, usual.generator()),
                beams,
                candidates,
                checked(this::gate, usual.gate())),
        usual);
  }

  private <T> T checked(Supplier<T> reader, T otherwise) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      settings.mistake(e.getMessage());
      return otherwise;
    }
  }

  /** The counting job's own keys: one rule, two readers. */
  private WindowLimits window() {
    return new WindowLimits(
        settings.integer("ingest.window.items", usual.window().items(), 1, WindowLimits.MAX_ITEMS),
        settings.duration(
            "ingest.window.age", usual.window().age(), Duration.ofSeconds(1), FOREVER));
  }

  private HeldOutSettings heldOut() {
    HeldOutSettings other = usual.heldOut();
    return new HeldOutSettings(
        settings.integer("trainer.test.meetings", other.minMeetings(), 3, MANY),
        settings.integer("trainer.test.users", other.testUsers(), 0, MANY),
        settings.integer("trainer.validation.users", other.validationUsers(), 0, MANY),
        settings.real("trainer.test.search.share", other.searchShare(), 0, 0.4),
        settings.integer("trainer.test.searches.per.user", other.searchesPerUser(), 1, MANY),
        settings.integer("trainer.test.searches", other.testSearches(), 0, MANY),
        settings.integer("trainer.validation.searches", other.validationSearches(), 0, MANY));
  }

  private ExampleSettings examples() {
    ExampleSettings other = usual.examples();
    return new ExampleSettings(
        settings.integer(
            "trainer.examples.sentences", other.sentences(), 0, ExampleSettings.MAX_SENTENCES),
        settings.real("trainer.examples.pseudo.weight", other.pseudoWeight(), 0.001, 1_000),
        settings.integer("trainer.examples.steps.per.user", other.stepsPerUser(), 1, MANY),
        settings.integer("trainer.examples.steps", other.steps(), 1, MANY));
  }

  private BiEncoderSettings encoder(CodebookShape codebook) {
    BiEncoderSettings other = usual.encoder();
    BiEncoderSettings.Heads heads = other.heads();
    BiEncoderSettings.Layers layers = other.layers();
    return new BiEncoderSettings(
        settings.integer("trainer.encoder.dimensions", other.dimensions(), 2, 4_096),
        settings.integer("trainer.encoder.history.items", other.historyItems(), 1, 1_000),
        settings.real("trainer.encoder.history.decay", other.historyDecay(), 0.001, 1),
        objective(other.objective(), codebook),
        new BiEncoderSettings.Heads(
            settings.integer("trainer.encoder.steps", heads.steps(), 0, 1_000_000),
            settings.integer("trainer.encoder.batch", heads.batch(), 2, 4_096),
            settings.real("trainer.encoder.learning.rate", heads.learningRate(), 1e-9, 10),
            settings.real("trainer.encoder.weight.decay", heads.weightDecay(), 0, 10)),
        new BiEncoderSettings.Layers(
            settings.integer("trainer.encoder.layers", layers.trained(), 0, 6),
            settings.integer("trainer.encoder.layers.steps", layers.steps(), 0, 1_000_000),
            settings.integer("trainer.encoder.layers.batch", layers.batch(), 2, 4_096),
            settings.real("trainer.encoder.layers.learning.rate", layers.learningRate(), 1e-9, 10),
            layers.maxTokens()),
        other.threads());
  }

  private Objective objective(Objective other, CodebookShape codebook) {
    LossWeights weights = other.weights();
    ItemEmbeddingSettings free = other.itemEmbedding();
    return new Objective(
        settings.real("trainer.encoder.temperature", other.temperature(), 0.001, 1),
        new LossWeights(
            settings.real("trainer.encoder.loss.search", weights.queryItem(), 0, 1_000),
            settings.real("trainer.encoder.loss.together", weights.itemItem(), 0, 1_000),
            settings.real("trainer.encoder.loss.next", weights.nextItem(), 0, 1_000)),
        settings.real(
            "trainer.encoder.collaborative.dropout", other.collaborativeDropout(), 0, 0.99),
        new ItemEmbeddingSettings(
            settings.flag("trainer.encoder.free", free.learned()),
            settings.real("trainer.encoder.free.dropout", free.dropout(), 0, 0.99),
            settings.real("trainer.encoder.free.rate", free.rate(), 1e-9, 1_000),
            settings.real("trainer.encoder.free.weight.decay", free.weightDecay(), 0, 10)),
        settings.integer(
            "trainer.encoder.negatives", other.sampledNegatives(), 0, Objective.MAX_NEGATIVES),
        other.prefixes(),
        new Commitment(
            settings.real("trainer.encoder.commitment", other.commitment().weight(), 0, 1_000),
            codebook));
  }

  private CodebookShape codebook() {
    return new CodebookShape(
        settings.integer(
            "trainer.codebook.levels", usual.codebook().levels(), 1, SemanticId.MAX_LEVELS),
        settings.integer(
            "trainer.codebook.width", usual.codebook().width(), 2, SemanticId.MAX_WIDTH));
  }

  private GeneratorSettings generator() {
    GeneratorSettings other = usual.generator();
    GeneratorTraining.Settings training = other.training();
    return new GeneratorSettings(
        settings.integer("trainer.generator.dimensions", other.dimensions(), 8, 4_096),
        settings.integer("trainer.generator.layers", other.layers(), 1, 48),
        settings.integer("trainer.generator.heads", other.heads(), 1, 128),
        settings.integer("trainer.generator.feed.forward", other.feedForward(), 8, 16_384),
        settings.integer("trainer.generator.tokens", other.maxTokens(), 4, 1_024),
        new TaskWeights(
            settings.real("trainer.generator.loss.search", other.tasks().search(), 0, 1_000),
            settings.real(
                "trainer.generator.loss.recommendation", other.tasks().recommendation(), 0, 1_000)),
        new GeneratorTraining.Settings(
            settings.integer("trainer.generator.epochs", training.epochs(), 1, 10_000),
            settings.integer("trainer.generator.steps", training.maxSteps(), 1, MANY),
            settings.integer("trainer.generator.batch", training.batch(), 1, 4_096),
            settings.real("trainer.generator.learning.rate", training.learningRate(), 1e-9, 10),
            settings.real("trainer.generator.weight.decay", training.weightDecay(), 0, 10),
            settings.real("trainer.generator.dropout", training.dropout(), 0, 0.99),
            settings.real("trainer.generator.warmup", training.warmup(), 0, 1),
            training.vectorFeatures(),
            settings.real("trainer.generator.taught", training.distillationWeight(), 0, 0.999)));
  }

  private GateSettings gate() {
    GateSettings other = usual.gate();
    return new GateSettings(
        settings.real("trainer.gate.search", other.searchFloor(), 0, 1),
        settings.real("trainer.gate.recommendation", other.recommendationFloor(), 0, 1),
        settings.real("trainer.gate.margin", other.margin(), 0, 1),
        settings.real("trainer.gate.collapse", other.collapse(), 0, 1_000),
        settings.integer("trainer.gate.cases", other.minCases(), 1, MANY));
  }
}

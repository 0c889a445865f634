package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;
import static java.util.Objects.requireNonNull;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.evaluation.GateSettings;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.sequence.SequenceTraining;
import io.sidestream.learning.tensor.Precision;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that decides what a training makes of a corpus. Equal settings, seeds and corpora give equal
 * generations. Immutable.
 */
public final class TrainingSettings {
  /** Number of the generator's IDs that id_recall@30 counts. */
  public static final int MIN_BEAMS = 30;

  /** Most IDs and most candidates of one request. */
  public static final int MAX_CANDIDATES = 1_000;

  private static final int ENCODING_THREADS = 2;

  /** The keys that a refresh replaces, each with the key that has its value then. */
  private static final Map<String, String> REFRESH_SCHEDULE =
      Map.of(
          "trainer.encoder.steps",
          "trainer.refresh.encoder.steps",
          "trainer.encoder.learning.rate",
          "trainer.refresh.encoder.learning.rate",
          "trainer.generator.sequence.epochs",
          "trainer.refresh.generator.epochs",
          "trainer.generator.sequence.learning.rate",
          "trainer.refresh.generator.learning.rate",
          "trainer.generator.sequence.warmup.ratio",
          "trainer.refresh.generator.warmup.ratio");

  public static final SettingsSchema SCHEMA = TrainingKeys.SCHEMA;

  private final SettingValues values;

  private TrainingSettings(SettingValues values) {
    this.values = values;
    SettingsException.checkAll(
        this::counting,
        this::heldOut,
        this::gate,
        this::examples,
        this::encoder,
        this::generator,
        this::pretrained,
        this::sequence,
        this::refresh,
        this::checkPrompt);
  }

  /**
   * The settings of a training among others.
   *
   * @throws SettingsException with everything that does not go together
   */
  public static TrainingSettings of(SettingValues values) {
    return new TrainingSettings(values);
  }

  public static TrainingSettings profile(Profile profile) {
    return Settings.of(Map.of("trainer.profile", profile.name()))
        .read(
            new SettingsSchema("trainer").include(SCHEMA, SharedSettings.COUNTING),
            TrainingSettings::of);
  }

  /**
   * The same but for some settings, given by key.
   *
   * @throws SettingsException with every mistake in them
   */
  public TrainingSettings with(Map<String, String> overrides) {
    return values.with(overrides).build(TrainingSettings::of);
  }

  private void checkPrompt() {
    check(
        generator().maxTokens() > codebook().levels(),
        "prompts of %d tokens, expected %d or more: a marker and one item's codes",
        generator().maxTokens(),
        codebook().levels() + 1);
    check(
        generatorKind() != GeneratorKind.SEQUENCE
            || sequence().maxPositions() > codebook().levels(),
        "sequences of %d positions, expected %d or more: a marker and one item's codes",
        sequence().maxPositions(),
        codebook().levels() + 1);
  }

  public long seed() {
    return values.number("trainer.seed");
  }

  /** What training computes on. */
  public Device device() {
    return values.choice("trainer.device", Device.class);
  }

  /** Of matrix products on a GPU. */
  public Precision precision() {
    return values.choice("trainer.precision", Precision.class);
  }

  /** What codes are found on: a GPU only where it measures distances in full. */
  public Device codebookDevice() {
    return precision() == Precision.FLOAT32 ? device() : Device.CPU;
  }

  /** How the counting job makes counts of events; must be the same there. */
  public CountingRule counting() {
    return SharedSettings.counting(values);
  }

  /** Of the events that pair. */
  public WindowLimits window() {
    return counting().window();
  }

  /** Most neighbours of an item, as the counting job keeps them. */
  public int neighbours() {
    return SharedSettings.neighbours(values);
  }

  public HeldOutSettings heldOut() {
    return new HeldOutSettings(
        values.integer("trainer.test.min.interactions"),
        values.integer("trainer.test.users"),
        values.integer("trainer.validation.users"),
        values.real("trainer.test.search.share"),
        values.integer("trainer.test.searches.per.user"),
        values.integer("trainer.test.searches"),
        values.integer("trainer.validation.searches"));
  }

  public GateSettings gate() {
    return new GateSettings(
        values.real("trainer.gate.search.min.recall"),
        values.real("trainer.gate.recommendation.min.recall"),
        values.real("trainer.gate.margin"),
        values.real("trainer.gate.min.lift"),
        values.integer("trainer.gate.min.cases"));
  }

  /** Word pieces after which a text is truncated. */
  public int maxTokens() {
    return values.integer("trainer.text.max.tokens");
  }

  /** What the item tower reads beside texts. */
  public CollaborativeSettings collaborative() {
    return new CollaborativeSettings(
        values.choice("trainer.collaborative.source", CollaborativeSettings.Source.class),
        values.integer("trainer.collaborative.dimensions"));
  }

  public ExampleSettings examples() {
    return new ExampleSettings(
        values.integer("trainer.examples.sentences.per.item"),
        values.real("trainer.examples.pseudo.query.weight"),
        values.integer("trainer.examples.histories.per.user"),
        values.integer("trainer.examples.histories"));
  }

  public BiEncoderSettings encoder() {
    return new BiEncoderSettings(
        values.integer("trainer.encoder.dimensions"),
        values.integer("trainer.encoder.history.items"),
        values.real("trainer.encoder.history.decay"),
        objective(),
        new BiEncoderSettings.Heads(
            values.integer("trainer.encoder.steps"),
            values.integer("trainer.encoder.batch.size"),
            values.real("trainer.encoder.learning.rate"),
            values.real("trainer.encoder.weight.decay")),
        new BiEncoderSettings.Layers(
            values.integer("trainer.encoder.fine.tuning.layers"),
            values.integer("trainer.encoder.fine.tuning.steps"),
            values.integer("trainer.encoder.fine.tuning.batch.size"),
            values.real("trainer.encoder.fine.tuning.learning.rate"),
            Math.min(BiEncoderSettings.Layers.NONE.maxTokens(), maxTokens()),
            maxTokens()),
        ENCODING_THREADS,
        device());
  }

  private Objective objective() {
    return new Objective(
        values.real("trainer.encoder.temperature"),
        new LossWeights(
            values.real("trainer.encoder.loss.query.item"),
            values.real("trainer.encoder.loss.item.item"),
            values.real("trainer.encoder.loss.next.item")),
        values.real("trainer.encoder.collaborative.dropout"),
        new ItemEmbeddingSettings(
            values.flag("trainer.encoder.item.embedding.enabled"),
            values.real("trainer.encoder.item.embedding.dropout"),
            values.real("trainer.encoder.item.embedding.learning.rate.multiplier"),
            values.real("trainer.encoder.item.embedding.weight.decay")),
        values.integer("trainer.encoder.sampled.negatives"),
        List.of(),
        new Commitment(values.real("trainer.encoder.loss.commitment"), codebook()));
  }

  public CodebookShape codebook() {
    return new CodebookShape(
        values.integer("trainer.codebook.levels"), values.integer("trainer.codebook.width"));
  }

  /** Iterations of k-means per level. */
  public int codebookIterations() {
    return values.integer("trainer.codebook.iterations");
  }

  /** Whether codes take the numbers of the parent generation's. */
  public boolean alignCodes() {
    return values.flag("trainer.codebook.align");
  }

  /** When a training begins with the weights of the live generation. */
  public RefreshSettings refresh() {
    return new RefreshSettings(
        values.integer("trainer.refresh.most"),
        values.real("trainer.refresh.max.new.items"),
        values.real("trainer.refresh.min.kept.codes"));
  }

  /** The same with the schedule of a refresh. */
  public TrainingSettings refreshing() {
    Map<String, String> all = asText();
    Map<String, String> schedule = new TreeMap<>();
    REFRESH_SCHEDULE.forEach(
        (key, refresh) -> schedule.put(key, requireNonNull(all.get(refresh), refresh)));
    return with(schedule);
  }

  /** Whether the text encoder's weights are trained. */
  public boolean trainsTexts() {
    return encoder().layers().trained() > 0
        || (pretrained().encoder().isPresent() && values.flag("trainer.encoder.model.fine.tuned"));
  }

  public GeneratorSettings generator() {
    return new GeneratorSettings(
        values.integer("trainer.generator.dimensions"),
        values.integer("trainer.generator.layers"),
        values.integer("trainer.generator.heads"),
        values.integer("trainer.generator.feed.forward.dimensions"),
        values.integer("trainer.generator.max.tokens"),
        new TaskWeights(
            values.real("trainer.generator.loss.search"),
            values.real("trainer.generator.loss.recommendation")),
        new GeneratorTraining.Settings(
            values.integer("trainer.generator.epochs"),
            values.integer("trainer.generator.max.steps"),
            values.integer("trainer.generator.batch.size"),
            values.real("trainer.generator.learning.rate"),
            values.real("trainer.generator.weight.decay"),
            values.real("trainer.generator.dropout"),
            values.real("trainer.generator.warmup.ratio"),
            true,
            values.real("trainer.generator.distillation.weight"),
            device()));
  }

  /** The models of folders that it starts from. */
  public PretrainedSettings pretrained() {
    return PretrainedSettings.of(values);
  }

  /** Which generator is trained. */
  public GeneratorKind generatorKind() {
    return values.choice("trainer.generator.kind", GeneratorKind.class);
  }

  public SequenceSettings sequence() {
    return new SequenceSettings(
        values.integer("trainer.generator.sequence.dimensions"),
        values.integer("trainer.generator.sequence.layers"),
        values.integer("trainer.generator.sequence.heads"),
        values.integer("trainer.generator.sequence.feed.forward.dimensions"),
        values.integer("trainer.generator.sequence.max.positions"),
        new SequenceTraining.Settings(
            values.integer("trainer.generator.sequence.epochs"),
            values.integer("trainer.generator.sequence.max.steps"),
            values.integer("trainer.generator.sequence.batch.size"),
            values.real("trainer.generator.sequence.learning.rate"),
            values.real("trainer.generator.sequence.weight.decay"),
            values.real("trainer.generator.sequence.dropout"),
            values.real("trainer.generator.sequence.residual.dropout"),
            values.real("trainer.generator.sequence.position.dropout"),
            values.integer("trainer.generator.sequence.events.per.user"),
            values.real("trainer.generator.sequence.warmup.ratio"),
            values.real("trainer.generator.loss.search")
                * values.real("trainer.generator.sequence.search.weight"),
            values.real("trainer.generator.loss.recommendation"),
            device()));
  }

  /** Semantic IDs that the generator decodes per request; recall counts {@value #MIN_BEAMS}. */
  public int beams() {
    return values.integer("trainer.beams");
  }

  /** Items that dense retrieval adds per request. */
  public int candidates() {
    return values.integer("trainer.dense.candidates");
  }

  /** Every setting as text, by key, for provenance. */
  public Map<String, String> asText() {
    return values.asText(SCHEMA);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingSettings settings && asText().equals(settings.asText());
  }

  @Override
  public int hashCode() {
    return asText().hashCode();
  }

  @Override
  public String toString() {
    return asText().toString();
  }
}

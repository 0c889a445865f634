package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import io.sidestream.learning.biencoder.Objective;
import io.sidestream.learning.corpus.HeldOutSettings;
import io.sidestream.learning.evaluation.GateSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.Map;

/**
 * All that decides what a training makes of a corpus. Equal settings, seeds and corpora give equal
 * generations.
 *
 * @param window how the counting job forms pairs; must be the same there
 * @param maxPieces word pieces after which a text is cut
 * @param collaborative what the item tower reads beside texts
 * @param codebookIterations of k-means per level
 * @param beams IDs the generator is asked for; at least 30, which recall counts
 * @param candidates items taken by exact vector beside them
 */
public record TrainingSettings(
    long seed,
    WindowLimits window,
    HeldOutSettings heldOut,
    int maxPieces,
    CollaborativeSettings collaborative,
    ExampleSettings examples,
    BiEncoderSettings encoder,
    CodebookShape codebook,
    int codebookIterations,
    GeneratorSettings generator,
    int beams,
    int candidates,
    GateSettings gate) {
  /** Recall counts so many of the generator's IDs. */
  public static final int MIN_BEAMS = 30;

  /** Most IDs and most candidates of one request. */
  public static final int MAX_CANDIDATES = 1_000;

  /** A training in a minute or so on two cores, for some thousand items. */
  public static final TrainingSettings QUICK =
      new TrainingSettings(
          1,
          WindowLimits.DEFAULT,
          new HeldOutSettings(4, 500, 300, 0.15, 100, 500, 300),
          128,
          new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 64),
          new ExampleSettings(2, 0.5, 100, 30_000),
          BiEncoderSettings.DEFAULT,
          CodebookShape.DEFAULT,
          20,
          new GeneratorSettings(
              128,
              2,
              4,
              256,
              32,
              TaskWeights.EQUAL,
              new GeneratorTraining.Settings(4, 1_200, 64, 2e-3, 0.01, 0.1, 0.05, true, 0.5)),
          60,
          200,
          GateSettings.DEFAULT);

  /** A training without haste, for tens of thousands of items. */
  public static final TrainingSettings FULL =
      new TrainingSettings(
          1,
          WindowLimits.DEFAULT,
          HeldOutSettings.DEFAULT,
          128,
          new CollaborativeSettings(CollaborativeSettings.Source.LEAST_SQUARES, 128),
          new ExampleSettings(1, 0.5, 500, 1_000_000),
          new BiEncoderSettings(
              128,
              20,
              0.8,
              Objective.DEFAULT
                  .withTemperature(0.05)
                  .withWeights(new LossWeights(1.5, 0, 1))
                  .withDropout(0.15)
                  .withItemEmbedding(new ItemEmbeddingSettings(true, 0, 2.5, 0))
                  .withCommitment(new Commitment(6, CodebookShape.DEFAULT)),
              new BiEncoderSettings.Heads(600, 384, 2e-3, 0),
              BiEncoderSettings.Layers.NONE,
              2),
          CodebookShape.DEFAULT,
          40,
          new GeneratorSettings(
              128,
              2,
              4,
              256,
              48,
              TaskWeights.EQUAL,
              new GeneratorTraining.Settings(10, 1_500, 192, 1e-3, 0.01, 0.1, 0.05, true, 0.7)),
          60,
          400,
          GateSettings.DEFAULT);

  public TrainingSettings {
    check(
        maxPieces >= TextTokenizer.MIN_TOKENS && maxPieces <= TextTokenizer.MAX_TOKENS,
        "texts are cut to %d pieces, expected %d to %d",
        maxPieces,
        TextTokenizer.MIN_TOKENS,
        TextTokenizer.MAX_TOKENS);
    check(
        codebookIterations > 0, "k-means of %d iterations, expected 1 or more", codebookIterations);
    check(
        beams >= MIN_BEAMS && beams <= MAX_CANDIDATES,
        "%d beams, expected %d to %d",
        beams,
        MIN_BEAMS,
        MAX_CANDIDATES);
    check(
        candidates > 0 && candidates <= MAX_CANDIDATES,
        "%d candidates, expected 1 to %d",
        candidates,
        MAX_CANDIDATES);
    check(
        generator.maxTokens() > codebook.levels(),
        "prompts of %d tokens, expected %d or more: a marker and one item's codes",
        generator.maxTokens(),
        codebook.levels() + 1);
  }

  /** The same with another seed. */
  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        other,
        window,
        heldOut,
        maxPieces,
        collaborative,
        examples,
        encoder,
        codebook,
        codebookIterations,
        generator,
        beams,
        candidates,
        gate);
  }

  public TrainingSettings withEncoder(BiEncoderSettings other) {
    return new TrainingSettings(
        seed,
        window,
        heldOut,
        maxPieces,
        collaborative,
        examples,
        other,
        codebook,
        codebookIterations,
        generator,
        beams,
        candidates,
        gate);
  }

  public TrainingSettings withCodebook(CodebookShape other) {
    return new TrainingSettings(
        seed,
        window,
        heldOut,
        maxPieces,
        collaborative,
        examples,
        encoder,
        other,
        codebookIterations,
        generator,
        beams,
        candidates,
        gate);
  }

  public TrainingSettings withGenerator(GeneratorSettings other) {
    return new TrainingSettings(
        seed,
        window,
        heldOut,
        maxPieces,
        collaborative,
        examples,
        encoder,
        codebook,
        codebookIterations,
        other,
        beams,
        candidates,
        gate);
  }

  /** Every setting as text, by dotted name, for provenance. */
  public Map<String, String> asText() {
    return RecordText.of(this);
  }
}

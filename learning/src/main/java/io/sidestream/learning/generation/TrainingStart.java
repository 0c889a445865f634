package io.sidestream.learning.generation;

import io.sidestream.learning.biencoder.BiEncoderStart;
import io.sidestream.learning.sequence.SequenceStart;
import io.sidestream.learning.settings.GeneratorKind;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.GenerationWeights;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.WarmStart;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a training begins with: random draws, the codes of its parent, or its parent's weights too.
 *
 * @param codes of the parent; empty where none is aligned with
 * @param weights of the parent; empty where all weights are trained from their beginning
 * @param stated for the manifest; empty where there is nothing to say
 */
public record TrainingStart(
    Optional<ParentCodes> codes, Optional<GenerationWeights> weights, Optional<WarmStart> stated) {
  /*
   * A refresh takes the items' inputs to the towers from the parent, with the towers that read
   * them: collaborative vectors that were learned again would mean something else to these towers.
   * An item that the parent did not have, or that had no events, begins with its text alone, as it
   * has been served until now, and learns an embedding.
   *
   * What the text encoder gives has to be what the towers were trained on, so the encoder's bytes
   * are compared; an encoder that is trained itself would be another one each time.
   */

  /** From random draws, with nothing to say about it. */
  public static final TrainingStart NONE =
      new TrainingStart(Optional.empty(), Optional.empty(), Optional.empty());

  /** All weights from their beginning. */
  public static TrainingStart full(Optional<ParentCodes> codes, String reason) {
    return new TrainingStart(codes, Optional.empty(), Optional.of(WarmStart.full(reason)));
  }

  /**
   * The weights of the parent, where they fit.
   *
   * @param refreshes in a row, this one included
   */
  public static TrainingStart refresh(
      Optional<ParentCodes> codes, GenerationWeights weights, int refreshes, String reason) {
    return new TrainingStart(
        codes, Optional.of(weights), Optional.of(new WarmStart(refreshes, reason)));
  }

  /** This, or a full training where the weights do not fit the settings and the corpus. */
  TrainingStart fitting(TrainingSettings settings, TextEmbeddings texts) throws IOException {
    if (weights.isEmpty()) {
      return this;
    }
    Optional<String> obstacle = obstacle(weights.get(), settings, texts);
    return obstacle.map(reason -> full(codes, reason)).orElse(this);
  }

  private static Optional<String> obstacle(
      GenerationWeights weights, TrainingSettings settings, TextEmbeddings texts)
      throws IOException {
    if (settings.generatorKind() != GeneratorKind.SEQUENCE
        || settings.pretrained().generator().isPresent()) {
      return Optional.of("only a sequence generator is refreshed");
    }
    if (settings.trainsTexts()) {
      return Optional.of("the text encoder is trained");
    }
    if (!settings.encoder().objective().itemEmbedding().learned()) {
      return Optional.of("new items would learn no embedding");
    }
    if (!texts.encoderSha256().equals(weights.encoderSha256())
        || !texts.tokenizerSha256().equals(weights.tokenizerSha256())) {
      return Optional.of("its text encoder is another one");
    }
    Manifest.Shapes shapes = weights.shapes();
    if (!shapes.template().equals(TextEmbeddings.TEMPLATE.version())
        || shapes.maxTokens() != texts.pieces().maxTokens()) {
      return Optional.of("its items' texts are written or cut in another way");
    }
    int dimensions = settings.encoder().dimensions();
    if (shapes.vectorDimensions() != dimensions) {
      return Optional.of(
          "its space has %d dimensions, this one %d"
              .formatted(shapes.vectorDimensions(), dimensions));
    }
    if (Arrays.stream(weights.rows(texts.rows().ids())).allMatch(row -> row < 0)) {
      return Optional.of("no item is in both generations");
    }
    GeneratorShape shape = settings.sequence().shape(settings.codebook(), 1, dimensions);
    if (!likeButForTokens(shapes.generator(), shape)) {
      return Optional.of("its generator has other sizes");
    }
    return generator(weights, texts.rows().ids()).obstacle(shape);
  }

  private static boolean likeButForTokens(GeneratorShape one, GeneratorShape other) {
    return one.codebook().equals(other.codebook())
        && one.modelDimensions() == other.modelDimensions()
        && one.layers() == other.layers()
        && one.heads() == other.heads()
        && one.feedForwardDimensions() == other.feedForwardDimensions()
        && one.maxTokens() == other.maxTokens();
  }

  /** The settings with the schedule of a refresh, where this is one. */
  TrainingSettings schedule(TrainingSettings settings) {
    return weights.isPresent() ? settings.refreshing() : settings;
  }

  BiEncoderStart towers(TrainingSettings settings, List<ItemId> items) {
    Optional<Towers> towers = weights.map(GenerationWeights::towers);
    return new BiEncoderStart(ParentCodes.former(codes, settings.codebook(), items), towers);
  }

  /** The items' inputs to the towers beside their texts; empty where they are to be learned. */
  Optional<float[][]> collaborative(List<ItemId> items) {
    return weights.map(
        some -> {
          int[] rows = some.rows(items);
          float[][] all = new float[rows.length][];
          for (int row = 0; row < all.length; row++) {
            all[row] =
                rows[row] < 0
                    ? new float[some.towers().collaborativeDimensions()]
                    : some.collaborative()[rows[row]];
          }
          return all;
        });
  }

  Optional<SequenceStart> generator(List<ItemId> items) {
    return weights.map(some -> generator(some, items));
  }

  private static SequenceStart generator(GenerationWeights weights, List<ItemId> items) {
    return new SequenceStart(
        weights.vocabulary(), weights.tables(), weights.generator(), weights.rows(items));
  }
}

package io.sidestream.learning.generation;

import io.sidestream.learning.biencoder.BiEncoderTraining;
import io.sidestream.learning.biencoder.TrainedBiEncoder;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.examples.BiEncoderExamples;
import io.sidestream.learning.examples.Histories;
import io.sidestream.learning.examples.PseudoHistories;
import io.sidestream.learning.examples.TextVectors;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Trained towers of a generation, with the vectors of all items. Arrays are not copied: they are as
 * large as the catalogue.
 *
 * @param collaborative second input of the towers, shape [row][C]; all zero for an item without
 *     events
 * @param vectors of the items, shape [row][D]
 * @param texts of the items by text alone, shape [row][D]; unit vectors in the same space
 * @param queryVectors of the pool's queries by the generation's own text encoder, shape [query][E]
 * @param histories used in training
 * @param losses of the bi-encoder
 * @param parity largest difference between the towers in training and in serving
 */
public record TrainedTowers(
    Towers towers,
    float[][] collaborative,
    float[][] vectors,
    float[][] texts,
    float[][] queryVectors,
    List<Histories.Example> histories,
    LossCurve losses,
    double parity) {

  /** From the beginning. */
  public static TrainedTowers learn(
      Corpus training,
      TextEmbeddings texts,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    return learn(training, TrainingStart.NONE, texts, settings, bundle, progress);
  }

  static TrainedTowers learn(
      Corpus training,
      TrainingStart start,
      TextEmbeddings texts,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    List<ItemId> items = texts.rows().ids();
    float[][] collaborative =
        start
            .collaborative(items)
            .orElseGet(
                () ->
                    new CollaborativeInput(settings.collaborative(), settings.seed(), progress)
                        .learn(training, texts.rows()));
    List<Histories.Example> histories = histories(training, texts, settings);
    TrainedBiEncoder trained =
        BiEncoderTraining.train(
            BiEncoderExamples.of(
                training,
                texts.rows(),
                texts.texts(),
                texts.textVectors(),
                collaborative,
                texts.pool(),
                texts.queryVectors(),
                histories),
            start.towers(settings, items),
            settings.encoder(),
            settings.seed() + 1,
            progress);
    if (settings.pretrained().encoder().isEmpty()) { // a folder's is in the bundle already
      trained.exportEncoder(bundle.file(BundleFiles.ENCODER));
    }
    bundle.towers(trained.towers());
    TextHalf half = TextHalf.of(trained, texts, bundle, progress);
    return new TrainedTowers(
        trained.towers(),
        trained.collaborative(),
        trained.itemVectors(half.texts()),
        byTextAlone(trained.towers(), half.texts()),
        half.queries(),
        histories,
        trained.losses(),
        Parity.TOWERS.checked(trained.parity()));
  }

  private static float[][] byTextAlone(Towers towers, float[][] texts) {
    return Arrays.stream(texts)
        .parallel()
        .map(text -> towers.item(text, Optional.empty()))
        .toArray(float[][]::new);
  }

  /** The histories that towers learn from. */
  static List<Histories.Example> histories(
      Corpus training, TextEmbeddings texts, TrainingSettings settings) {
    List<Histories.Example> steps =
        new Histories(
                settings.encoder().historyItems(),
                settings.examples().stepsPerUser(),
                settings.examples().steps())
            .of(training.likes(), texts.rows(), settings.seed() + 2);
    return steps.isEmpty() ? PseudoHistories.of(texts.textVectors(), settings.seed() + 2) : steps;
  }

  /** Text vectors by the generation's own encoder, which may be fine-tuned. */
  private record TextHalf(float[][] texts, float[][] queries) {
    static TextHalf of(
        TrainedBiEncoder trained,
        TextEmbeddings texts,
        BundleWriter bundle,
        TrainingProgress progress) {
      if (!trained.changedText()) {
        return new TextHalf(texts.textVectors(), texts.queryVectors());
      }
      try (TextEncoder encoder =
          TextEncoder.open(bundle.file(BundleFiles.ENCODER), texts.pieces(), OnnxSessions.cpu(1))) {
        progress.stage("texts again", "by the encoder that was trained");
        TextVectors vectors = TextVectors.unkept(encoder);
        int items = texts.texts().size();
        float[][] all =
            vectors.of(TextEmbeddings.joined(texts.texts(), texts.pool().queries()), progress);
        progress.finished("texts again", encoder.dimensions() + " dimensions");
        return new TextHalf(Arrays.copyOf(all, items), Arrays.copyOfRange(all, items, all.length));
      }
    }
  }
}

package io.sidestream.learning.generation;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.examples.BiEncoderExamples;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.pretrained.EncoderFolder;
import io.sidestream.learning.pretrained.FolderDigest;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.TextPair;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleFiles;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.resources.Hashes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The text encoder of a folder, written into a bundle.
 *
 * @param maxTokens where texts are cut
 * @param vectorsFile the name of the file that caches its vectors; empty where it was fine-tuned
 */
record FolderEncoder(int maxTokens, Optional<String> vectorsFile) {
  /*
   * Fine-tuning is the published one, arXiv 2508.10478: the sum of two contrastive losses, over
   * queries with chosen items and over items that co-occur; a pair counts once. Warm-up and
   * temperature are sentence-transformers' own.
   */
  private static final double WARMUP = 0.1;
  private static final double TEMPERATURE = 0.05;

  /** Opens a folder, fine-tunes where settings say so, and writes graph and tokenizer. */
  static FolderEncoder write(
      Path folder,
      Corpus training,
      ItemRows rows,
      List<String> texts,
      QueryPool pool,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    EncoderFolder given = folder(folder, settings);
    boolean tuned = settings.pretrained().encoderFineTuned();
    try (PretrainedEncoder encoder =
        tuned
            ? PretrainedEncoder.fineTuned(
                given,
                chosen(pool, texts),
                together(training, rows, texts),
                settings(settings.encoder()),
                settings.seed() + 5,
                progress)
            : PretrainedEncoder.open(given, settings.device())) {
      encoder.exportTokenizer(bundle.file(BundleFiles.TOKENIZER));
      encoder.exportEncoder(bundle.file(BundleFiles.ENCODER));
      return new FolderEncoder(
          encoder.maxTokens(),
          tuned ? Optional.empty() : Optional.of(vectorsFile(folder, encoder)));
    }
  }

  /** The folder with texts given as the settings say. */
  static EncoderFolder folder(Path folder, TrainingSettings settings) {
    return new EncoderFolder(folder, settings.maxTokens(), settings.pretrained().prompt());
  }

  private static String vectorsFile(Path folder, PretrainedEncoder encoder) throws IOException {
    String prompt = encoder.prompt().map(text -> "-" + Hashes.sha256(text)).orElse("");
    return String.format(
        Locale.ROOT,
        "vectors-%s-%d%s.bin",
        FolderDigest.sha256(folder),
        encoder.maxTokens(),
        prompt);
  }

  private static PretrainedEncoder.Settings settings(BiEncoderSettings encoder) {
    BiEncoderSettings.Layers layers = encoder.layers();
    return new PretrainedEncoder.Settings(
        layers.steps(), // as many epochs as that takes
        layers.steps(),
        layers.batch(),
        layers.learningRate(),
        WARMUP,
        TEMPERATURE,
        encoder.device());
  }

  private static List<TextPair> chosen(QueryPool pool, List<String> texts) {
    return pool.chosen().stream()
        .map(one -> new TextPair(pool.queries().get(one.query()), texts.get(one.row())))
        .toList();
  }

  private static List<TextPair> together(Corpus training, ItemRows rows, List<String> texts) {
    return BiEncoderExamples.together(training, rows).stream()
        .map(pair -> new TextPair(texts.get(pair.row()), texts.get(pair.other())))
        .toList();
  }
}

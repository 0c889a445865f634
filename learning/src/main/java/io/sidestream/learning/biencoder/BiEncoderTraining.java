package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.biencoder.TrainedBiEncoder.TrainedText;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;

/** Learns one space for items, queries and histories from pairs of all three kinds at once. */
public final class BiEncoderTraining {
  /*
   * Heads first, on text vectors that stay; that is all by default. When layers train, heads that
   * know their task keep the first gradients from tearing at what the layers know (Kumar et al.
   * 2022, arXiv 2202.10054); afterwards the heads learn once more, on the very vectors that the
   * exported graph gives.
   */
  private final BiEncoderSettings settings;
  private final SplittableRandom random;
  private final TrainingProgress progress;
  private final Parameters parameters;
  private final BiEncoderStart start;

  private BiEncoderTraining(
      BiEncoderSettings settings,
      SplittableRandom random,
      TrainingProgress progress,
      Parameters parameters,
      BiEncoderStart start) {
    this.start = start;
    this.settings = settings;
    this.random = random;
    this.progress = progress;
    this.parameters = parameters;
  }

  /** Trains from the beginning. */
  public static TrainedBiEncoder train(
      BiEncoderCorpus corpus, BiEncoderSettings settings, long seed, TrainingProgress progress)
      throws IOException {
    return train(corpus, BiEncoderStart.NONE, settings, seed, progress);
  }

  /**
   * Same corpus, start, settings and seed, same towers, on one machine with one number of threads.
   */
  public static TrainedBiEncoder train(
      BiEncoderCorpus corpus,
      BiEncoderStart start,
      BiEncoderSettings settings,
      long seed,
      TrainingProgress progress)
      throws IOException {
    check(corpus.hasPairs(), "corpus has no pairs, expected some of at least one kind");
    try (Parameters parameters = new Parameters(settings.device())) {
      return new BiEncoderTraining(
              settings, new SplittableRandom(seed), progress, parameters, start)
          .train(corpus);
    }
  }

  private TrainedBiEncoder train(BiEncoderCorpus corpus) throws IOException {
    SplittableRandom initial = random.split();
    Heads.add(
        start.towers().orElseGet(() -> TowerInitializer.of(corpus, settings, initial)), parameters);
    if (settings.objective().itemEmbedding().learned()) {
      Heads.addItemEmbeddings(corpus.items(), settings.dimensions(), parameters);
    }
    LossCurve losses = heads(corpus);
    return settings.layers().trained() == 0
        ? trained(corpus, TrainedText.unchanged(settings), losses)
        : withLayers(corpus, losses);
  }

  private TrainedBiEncoder withLayers(BiEncoderCorpus corpus, LossCurve before) throws IOException {
    check(
        corpus.texts().size() == corpus.items()
            && corpus.queries().size() == corpus.queryVectors().length,
        "layers train on texts, and %d items have %d, %d queries have %d",
        corpus.items(),
        corpus.texts().size(),
        corpus.queryVectors().length,
        corpus.queries().size());
    PretrainedText pretrained = PretrainedText.load();
    TrainedText text =
        new LayerTraining(pretrained, settings, random.split(), progress).run(parameters, corpus);
    BiEncoderCorpus retrained = encoded(corpus, pretrained, text.weights(), settings);
    return trained(retrained, text, before.then(text.losses()).then(heads(retrained)));
  }

  /** The corpus with the vectors of its texts that serving will compute. */
  static BiEncoderCorpus encoded(
      BiEncoderCorpus corpus,
      PretrainedText pretrained,
      Map<String, float[]> weights,
      BiEncoderSettings settings)
      throws IOException {
    int maxTokens = settings.layers().servedTokens();
    try (ExportedText text =
        ExportedText.open(pretrained, weights, maxTokens, settings.threads())) {
      return corpus.with(text.encode(corpus.texts()), text.encode(corpus.queries()));
    }
  }

  private TrainedBiEncoder trained(BiEncoderCorpus corpus, TrainedText text, LossCurve losses) {
    try (Parameters served = parameters.toMainMemory()) {
      return new TrainedBiEncoder(
          ExportedTowers.of(served, corpus, settings),
          text,
          HeadProbes.take(served, corpus, settings),
          losses);
    }
  }

  private LossCurve heads(BiEncoderCorpus corpus) {
    progress.stage(
        "heads",
        "%,d queries to items, %,d items to items, %,d histories to items",
        corpus.queryItems().size(),
        corpus.itemItems().size(),
        corpus.nextItems().size());
    LossCurve losses =
        new TowerTraining(
                parameters,
                Heads.NAMES::contains,
                new FrozenTexts(corpus),
                corpus,
                start,
                settings,
                random.split())
            .run(settings.heads(), progress);
    progress.finished("heads", "loss %.3f", losses.last());
    return losses;
  }
}

package io.sidestream.trainer.encoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.vectors.Towers;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.tensor.Parameters;
import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;

/** Learns one space for items, queries and histories from pairs of all three kinds at once. */
public final class BiEncoderTraining {
  private BiEncoderTraining() {}

  /** Same corpus, settings and seed, same towers, on one machine with one number of threads. */
  public static TrainedBiEncoder train(
      BiEncoderCorpus corpus, BiEncoderSettings settings, long seed, TrainingProgress progress)
      throws IOException {
    check(
        !(corpus.chosen().isEmpty() && corpus.together().isEmpty() && corpus.next().isEmpty()),
        "corpus has no pairs, expected some of at least one kind");
    SplittableRandom random = new SplittableRandom(seed);
    Towers first = FirstTowers.of(corpus, settings, random.split());
    try (Parameters parameters = new Parameters()) {
      Heads.add(first, parameters);
      heads(parameters, corpus, settings, random.split(), progress);
      Towers towers = Heads.towers(parameters, settings.historyItems(), settings.historyDecay());
      return TrainedBiEncoder.onFrozenTexts(towers, HeadProbes.take(parameters, corpus, settings));
    }
  }

  private static void heads(
      Parameters parameters,
      BiEncoderCorpus corpus,
      BiEncoderSettings settings,
      SplittableRandom random,
      TrainingProgress progress) {
    progress.stage(
        "heads",
        String.format(
            Locale.ROOT,
            "%,d queries to items, %,d items to items, %,d histories to items",
            corpus.chosen().size(),
            corpus.together().size(),
            corpus.next().size()));
    double loss =
        new TowerTraining(
                parameters, Heads::isHead, new FrozenTexts(corpus), corpus, settings, random)
            .run(settings.heads(), progress);
    progress.finished("heads", String.format(Locale.ROOT, "loss %.3f", loss));
  }
}

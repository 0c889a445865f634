package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.LearningRate;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** One run of steps over a corpus: the weights that learn move down the sum of the losses. */
final class TowerTraining {
  private static final double WARMUP_SHARE = 0.05;

  private final Parameters parameters;
  private final Predicate<String> learns;
  private final TextSource texts;
  private final ItemEmbeddingSettings itemEmbedding;
  private final CommitmentLoss commitment;
  private final TowerLoss loss;
  private final PairSampler pairs;
  private final SplittableRandom dropout;

  TowerTraining(
      Parameters parameters,
      Predicate<String> learns,
      TextSource texts,
      BiEncoderCorpus corpus,
      BiEncoderStart start,
      BiEncoderSettings settings,
      SplittableRandom random) {
    this.parameters = parameters;
    this.learns = learns;
    this.texts = texts;
    this.itemEmbedding = settings.objective().itemEmbedding();
    this.commitment = new CommitmentLoss(corpus, start, settings, random.split().nextLong());
    this.loss = new TowerLoss(corpus, settings, commitment);
    this.pairs = new PairSampler(corpus, settings, random.split());
    this.dropout = random.split();
    check(
        !pairs.isEmpty(), "corpus has no pairs to learn from, expected some whose loss has weight");
  }

  LossCurve run(BiEncoderSettings.Heads schedule, TrainingProgress progress) {
    int steps = schedule.steps();
    LearningRate rate =
        LearningRate.cosine(schedule.learningRate(), (long) (WARMUP_SHARE * steps), steps);
    LossCurve.Recorder losses = new LossCurve.Recorder(steps);
    AdamW.Pace own = new AdamW.Pace(itemEmbedding.rate(), itemEmbedding.weightDecay());
    try (AdamW optimizer =
        new AdamW(
            parameters,
            AdamW.Settings.withDecay(schedule.weightDecay()),
            Map.of(Heads.ITEM_EMBEDDINGS, own))) {
      for (int i = 0; i < steps; i++) {
        commitment.refit(parameters, i, steps);
        losses.add(step(schedule.batch(), rate.at(i), optimizer));
        progress.step(i + 1, steps);
      }
    }
    return losses.curve();
  }

  private double step(int batch, double rate, AdamW optimizer) {
    try (TrainingStep step = TrainingStep.learning(parameters, learns)) {
      double value = step.backward(loss.of(step, pairs.step(batch), texts, dropout));
      optimizer.apply(step, rate);
      return value;
    }
  }
}

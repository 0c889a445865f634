package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import io.sidestream.model.text.TextTokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Fine-tunes a text encoder on two kinds of pairs at once. */
final class TextTraining {
  /*
   * The sum of two multiple-negatives ranking losses, one per kind, each with the negatives of its
   * own batch: Penha et al. 2025, arXiv 2508.10478; the loss is Henderson et al. 2017, arXiv
   * 1705.00652. The larger kind sets how long an epoch is, the other goes round. Unlike the
   * reference, a pair with the same item is no negative.
   */
  private static final String STAGE = "published encoder";

  private final TextTransformerShape shape;
  private final SentenceModules modules;
  private final Parameters parameters;
  private final TextTokenizer words;
  private final PretrainedEncoder.Settings settings;
  private final SplittableRandom random;
  private final SplittableRandom dropout;
  private final TrainingProgress progress;

  TextTraining(
      TextTransformerShape shape,
      SentenceModules modules,
      Parameters parameters,
      TextTokenizer words,
      PretrainedEncoder.Settings settings,
      SplittableRandom random,
      TrainingProgress progress) {
    this.shape = shape;
    this.modules = modules;
    this.parameters = parameters;
    this.words = words;
    this.settings = settings;
    this.random = random;
    this.dropout = random.split();
    this.progress = progress;
  }

  /** Pairs as tokens, and which of them have the same positive. */
  private record Kind(List<long[]> anchors, List<long[]> positives, long[] rows, Epochs epochs) {}

  void run(List<TextPair> queryItem, List<TextPair> itemItem) {
    check(!queryItem.isEmpty() || !itemItem.isEmpty(), "no pairs to fine-tune an encoder with");
    List<Kind> kinds =
        List.of(queryItem, itemItem).stream()
            .filter(pairs -> !pairs.isEmpty())
            .map(this::kind)
            .toList();
    long epochs = kinds.stream().mapToLong(kind -> kind.epochs().steps()).max().orElseThrow();
    long total = Math.min(settings.maxSteps(), epochs);
    progress.stage(
        STAGE, "%,d queries to items, %,d items to items", queryItem.size(), itemItem.size());
    double loss = 0;
    try (AdamW optimizer = new AdamW(parameters, T5Training.adamW(0))) {
      for (long done = 0; done < total; done++) {
        loss = step(optimizer, kinds, rate(done, total));
        progress.step(done + 1, total);
      }
    }
    progress.finished(STAGE, "loss of the last step %.3f", loss);
  }

  private Kind kind(List<TextPair> pairs) {
    Map<String, Long> items = new HashMap<>();
    long[] rows = new long[pairs.size()];
    Arrays.setAll(
        rows, i -> items.computeIfAbsent(pairs.get(i).positive(), item -> (long) items.size()));
    return new Kind(
        pairs.stream().map(pair -> words.encode(pair.anchor())).toList(),
        pairs.stream().map(pair -> words.encode(pair.positive())).toList(),
        rows,
        new Epochs(pairs.size(), settings.batch(), settings.epochs(), random.split()));
  }

  private double rate(long step, long total) {
    double warmup = settings.warmup() * total;
    double share =
        step < warmup ? (step + 1) / Math.max(1, warmup) : (total - step) / (total - warmup);
    return settings.learningRate() * Math.min(1, share);
  }

  private double step(AdamW optimizer, List<Kind> kinds, double rate) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      TextTransformer model =
          new TextTransformer(
              step,
              shape,
              new Dropout(shape.dropout(), dropout),
              new Dropout(shape.attentionDropout(), dropout));
      NDArray sum =
          kinds.stream()
              .map(kind -> loss(step, model, kind, kind.epochs().next()))
              .reduce(NDArray::add)
              .orElseThrow();
      double value = step.backward(sum);
      optimizer.apply(step, rate);
      return value;
    }
  }

  private NDArray loss(TrainingStep step, TextTransformer model, Kind kind, int[] pairs) {
    List<long[]> anchors = Arrays.stream(pairs).mapToObj(kind.anchors()::get).toList();
    List<long[]> positives = Arrays.stream(pairs).mapToObj(kind.positives()::get).toList();
    long[] rows = Arrays.stream(pairs).mapToLong(pair -> kind.rows()[pair]).toArray();
    return loss(
        texts -> modules.vectors(step, model, shape.layers(), texts),
        anchors,
        positives,
        rows,
        settings.temperature());
  }

  /** Shape (). */
  static NDArray loss(
      Function<TokenBatch, NDArray> model,
      List<long[]> anchors,
      List<long[]> positives,
      long[] rows,
      double temperature) {
    float[] weights = new float[rows.length];
    Arrays.fill(weights, 1);
    return SafeMath.contrast(
        model.apply(TokenBatch.of(anchors, 0)),
        model.apply(TokenBatch.of(positives, 0)),
        temperature,
        rows,
        weights);
  }
}

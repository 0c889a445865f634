package io.sidestream.learning.pretrained;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Fine-tunes a T5 on prompts and the IDs that answer them. */
final class T5Training {
  /*
   * An answer is its codes, then the end, as a text is; all weights learn. What is not published is
   * as the reference trainer has it by default: betas 0.9 and 0.999, gradients of length 1 at most,
   * a rate that falls in a line to 0, the dropout of the configuration.
   */
  private static final String STAGE = "published generator";

  /**
   * A prompt and its answer, the ends counted; not copied: the training alone holds them.
   *
   * @param weight above 0
   */
  record Tokens(long[] prompt, long[] answer, float weight) {}

  private final T5Config config;
  private final Parameters parameters;
  private final PretrainedGenerator.Settings settings;
  private final SplittableRandom shuffles;
  private final Dropout dropout;
  private final TrainingProgress progress;

  T5Training(
      T5Config config,
      Parameters parameters,
      PretrainedGenerator.Settings settings,
      SplittableRandom random,
      TrainingProgress progress) {
    this.config = config;
    this.parameters = parameters;
    this.settings = settings;
    this.shuffles = random.split();
    this.dropout = new Dropout(config.dropout(), random.split());
    this.progress = progress;
  }

  /** The losses of the steps. */
  TrainedLoss run(List<Tokens> tokens) {
    Epochs epochs = new Epochs(tokens.size(), settings.batch(), settings.epochs(), shuffles);
    long total = Math.min(settings.maxSteps(), epochs.steps());
    progress.stage(STAGE, "%,d examples, %,d weights", tokens.size(), parameters.size());
    LossCurve.Recorder losses = new LossCurve.Recorder(total);
    double sum = 0;
    long begun = 0;
    try (AdamW optimizer = new AdamW(parameters, adamW(settings.weightDecay()))) {
      for (long done = 0; done < total; done++) {
        if (epochs.begins(done)) {
          sum = 0;
          begun = done;
        }
        List<Tokens> batch = Arrays.stream(epochs.next()).mapToObj(tokens::get).toList();
        double rate = settings.learningRate() * (total - done) / total;
        double loss = step(optimizer, batch, rate);
        losses.add(loss);
        sum += loss;
        progress.step(done + 1, total);
      }
    }
    TrainedLoss loss = new TrainedLoss(sum / (total - begun), losses.curve());
    progress.finished(STAGE, "loss %.3f", loss.lastEpoch());
    return loss;
  }

  static AdamW.Settings adamW(double weightDecay) {
    return new AdamW.Settings(0.9, 0.999, 1e-8, weightDecay, 1);
  }

  /** The tokens of codes, then the end. */
  static long[] answer(IdTokens ids, int[] codes, int endToken) {
    int[] tokens = ids.tokens(codes);
    long[] answer = Arrays.copyOf(Arrays.stream(tokens).asLongStream().toArray(), codes.length + 1);
    answer[codes.length] = endToken;
    return answer;
  }

  private double step(AdamW optimizer, List<Tokens> batch, double rate) {
    List<long[]> inputs = new ArrayList<>();
    List<long[]> answers = new ArrayList<>();
    float[] weights = new float[batch.size()];
    for (Tokens example : batch) {
      weights[inputs.size()] = example.weight();
      inputs.add(example.prompt());
      answers.add(example.answer());
    }
    TokenBatch prompts = TokenBatch.of(inputs, config.padToken());
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      T5Model model = new T5Model(step, config, dropout);
      double loss =
          step.backward(
              DecoderTargets.of(answers, weights, config.startToken()).loss(model, step, prompts));
      optimizer.apply(step, rate);
      return loss;
    }
  }
}

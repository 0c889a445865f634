package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.LearningRate;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Passes over the vectors, each of which moves the weights of an autoencoder. */
record AutoencoderTraining(
    AutoencoderNetwork network,
    AutoencoderSettings settings,
    Parameters parameters,
    AdamW optimizer,
    SplittableRandom random) {
  private static final double WARM_UP = 0.02;

  /**
   * The mean loss of each epoch.
   *
   * @param order of the vectors in the first epoch, shuffled again for each
   */
  List<Double> learn(float[][] vectors, int[] order, TrainingProgress progress) {
    int perEpoch = (order.length + settings.batch() - 1) / settings.batch();
    long steps = (long) perEpoch * settings.epochs();
    LearningRate rate =
        LearningRate.cosine(settings.learningRate(), (long) (WARM_UP * steps), steps);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      shuffle(order, random);
      boolean last = epoch + 1 == settings.epochs();
      losses.add(epoch(vectors, order, rate, (long) epoch * perEpoch, last));
      progress.step(epoch + 1, settings.epochs());
    }
    return losses;
  }

  private double epoch(
      float[][] vectors, int[] order, LearningRate rate, long firstStep, boolean last) {
    Bottleneck bottleneck = network.bottleneck();
    long[][] uses = new long[bottleneck.shape().levels()][bottleneck.shape().width()];
    @Nullable CodeAssignment choice = null;
    double sum = 0;
    long step = firstStep;
    for (int from = 0; from < order.length; from += settings.batch()) {
      int to = Math.min(order.length, from + settings.batch());
      float[][] batch = rows(vectors, order, from, to);
      choice = network.choose(parameters, batch);
      count(choice, uses);
      sum += move(batch, choice, rate.at(step++)) * batch.length;
    }
    if (!last && choice != null) {
      bottleneck.afterEpoch(parameters, uses, choice, random);
    }
    return sum / order.length;
  }

  private double move(float[][] batch, CodeAssignment choice, double rate) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      NDArray loss = network.loss(step, AutoencoderNetwork.input(step, batch), choice);
      double value = step.backward(loss);
      optimizer.apply(step, rate);
      return value;
    }
  }

  private static void count(CodeAssignment choice, long[][] uses) {
    for (int level = 0; level < uses.length; level++) {
      for (long code : choice.codes()[level]) {
        uses[level][(int) code]++;
      }
    }
  }

  static float[][] rows(float[][] vectors, int[] order, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> vectors[order[i]]).toArray(float[][]::new);
  }

  static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }
}

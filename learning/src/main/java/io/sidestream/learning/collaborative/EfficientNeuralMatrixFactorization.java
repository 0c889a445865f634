package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkAboveZero;
import static io.sidestream.schemas.Checks.checkRange;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Adagrad;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.onnx.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Matrix factorization of implicit feedback by gradients over whole rows (ENMF). */
public final class EfficientNeuralMatrixFactorization {
  /*
   * A user and an item score hᵀ(p ⊙ q), with dropout on p, and a batch of users learns from all
   * items at once (NonSamplingLoss). Adagrad, initial vectors of deviation 0.01, h of 0.01 each and
   * dropout on users only are as in the authors' code. The collaborative embedding of arXiv
   * 2508.10478 is one of 256 dimensions after 30 epochs; its other settings are not published.
   * Weights of rarer items can differ in [1] (its section 3.3); here all weights are equal.
   * [1] Chen et al. 2020, Efficient neural matrix factorization without sampling for
   * recommendation, ACM TOIS 38
   */
  /** Largest number of dimensions: each step is quadratic in it. */
  public static final int MAX_DIMENSIONS = 1_024;

  /** Largest number of passes over the users. */
  public static final int MAX_EPOCHS = 10_000;

  /**
   * Maximum number of interactions of one step, whose vectors are all in memory; a larger batch is
   * split.
   */
  static final int MAX_STEP_PAIRS = 100_000;

  private static final double FIRST_DEVIATION = 0.01;
  private static final double FIRST_LAYER = 0.01;

  /**
   * @param dimensions C, 1 to {@value #MAX_DIMENSIONS}
   * @param negativeWeight c0, weight of a pair without interaction, in (0, 1]
   * @param dropout rate on user vectors, in [0, 1)
   * @param epochs 1 to {@value #MAX_EPOCHS}
   * @param batch users per step
   * @param learningRate of Adagrad, above 0
   */
  public record Settings(
      int dimensions,
      double negativeWeight,
      double dropout,
      int epochs,
      int batch,
      double learningRate) {
    /** 256 dimensions, c0 0.1, dropout 0.3, 30 epochs, 256 users per step, learning rate 0.05. */
    public static final Settings DEFAULT = new Settings(256, 0.1, 0.3, 30, 256, 0.05);

    public Settings {
      checkRange(dimensions, 1, MAX_DIMENSIONS, "%d dimensions of factorization");
      check(
          negativeWeight > 0 && negativeWeight <= 1,
          "negative weight is %s, expected above 0 and at most 1",
          negativeWeight);
      check(dropout >= 0 && dropout < 1, "dropout is %s, expected 0 to below 1", dropout);
      checkRange(epochs, 1, MAX_EPOCHS, "%d epochs of factorization");
      check(batch >= 1, "batch of %d users, expected 1 or more", batch);
      checkAboveZero(learningRate, "learning rate is %s");
    }
  }

  private final Settings settings;

  public EfficientNeuralMatrixFactorization(Settings settings) {
    this.settings = settings;
  }

  /**
   * Equal arguments give equal vectors. The user vectors include h, so that the dot product is the
   * score.
   */
  public Factorization learn(ImplicitFeedback feedback, long seed, TrainingProgress progress) {
    progress.stage(
        "matrix factorization",
        "%,d pairs of %,d users and %,d items",
        feedback.pairs(),
        feedback.users(),
        feedback.items());
    int[] active =
        IntStream.range(0, feedback.users()).filter(user -> feedback.count(user) > 0).toArray();
    if (active.length == 0) {
      progress.finished("matrix factorization", "no interactions");
      return new Factorization(
          new float[feedback.users()][settings.dimensions()],
          new float[feedback.items()][settings.dimensions()],
          List.of());
    }
    SplittableRandom random = new SplittableRandom(seed);
    try (Parameters parameters = parameters(feedback, random.split());
        Adagrad optimizer = new Adagrad(parameters)) {
      List<Double> losses = new ArrayList<>();
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        losses.add(epoch(feedback, active, parameters, optimizer, random.split()));
        progress.step(epoch + 1, settings.epochs());
      }
      progress.finished("matrix factorization", "loss %.4g", losses.get(losses.size() - 1));
      return vectors(feedback, parameters, losses);
    }
  }

  private Parameters parameters(ImplicitFeedback feedback, SplittableRandom random) {
    Parameters parameters = new Parameters(Device.CPU);
    int dimensions = settings.dimensions();
    parameters.normal(NonSamplingLoss.USERS, FIRST_DEVIATION, random, feedback.users(), dimensions);
    parameters.normal(NonSamplingLoss.ITEMS, FIRST_DEVIATION, random, feedback.items(), dimensions);
    parameters.constant(NonSamplingLoss.LAYER, FIRST_LAYER, dimensions);
    return parameters;
  }

  /** The loss over all users of an epoch. */
  private double epoch(
      ImplicitFeedback feedback,
      int[] active,
      Parameters parameters,
      Adagrad optimizer,
      SplittableRandom random) {
    shuffle(active, random);
    double loss = 0;
    for (int from = 0; from < active.length; ) {
      int to = end(feedback, active, from);
      int[] users = Arrays.copyOfRange(active, from, to);
      try (TrainingStep step = TrainingStep.learning(parameters)) {
        loss += step.backward(loss(step, feedback, users, random));
        optimizer.apply(step, settings.learningRate());
      }
      from = to;
    }
    return loss;
  }

  /** The end of the batch that begins here, by the limits on users and pairs. */
  private int end(ImplicitFeedback feedback, int[] active, int from) {
    int to = from + 1;
    int pairs = feedback.count(active[from]);
    while (to < active.length
        && to - from < settings.batch()
        && pairs + feedback.count(active[to]) <= MAX_STEP_PAIRS) {
      pairs += feedback.count(active[to++]);
    }
    return to;
  }

  private NDArray loss(
      TrainingStep step, ImplicitFeedback feedback, int[] users, SplittableRandom random) {
    long[] positions =
        IntStream.range(0, users.length)
            .flatMap(at -> IntStream.generate(() -> at).limit(feedback.count(users[at])))
            .asLongStream()
            .toArray();
    long[] rows =
        IntStream.of(users)
            .flatMap(user -> IntStream.of(feedback.rows(user)))
            .asLongStream()
            .toArray();
    long[] indices = IntStream.of(users).asLongStream().toArray();
    NDArray vectors =
        SafeMath.lookUp(step.weight(NonSamplingLoss.USERS), step.indices(indices, users.length));
    NDArray dropped = SafeMath.dropout(vectors, settings.dropout(), random); // (B, C)
    return NonSamplingLoss.of(step, dropped, positions, rows, settings.negativeWeight());
  }

  private static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }

  private Factorization vectors(
      ImplicitFeedback feedback, Parameters parameters, List<Double> losses) {
    float[][] users = rows(parameters, NonSamplingLoss.USERS, feedback);
    float[][] items = rows(parameters, NonSamplingLoss.ITEMS, feedback.transposed());
    float[] layer = parameters.floats(NonSamplingLoss.LAYER);
    for (int user = 0; user < users.length; user++) {
      for (int d = 0; d < layer.length && feedback.count(user) > 0; d++) {
        users[user][d] *= layer[d];
      }
    }
    return new Factorization(users, items, losses);
  }

  private float[][] rows(Parameters parameters, String name, ImplicitFeedback feedback) {
    int dimensions = settings.dimensions();
    float[] flat = parameters.floats(name);
    return IntStream.range(0, feedback.users())
        .mapToObj(
            row ->
                feedback.count(row) == 0
                    ? new float[dimensions]
                    : Arrays.copyOfRange(flat, row * dimensions, (row + 1) * dimensions))
        .toArray(float[][]::new);
  }
}

package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkAboveZero;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Matrix factorization of implicit feedback by weighted alternating least squares (ALS). */
public final class AlternatingLeastSquares {
  /*
   * Minimizes sum over all users u and items i of c_ui (p_ui - x_u . y_i)^2 + sum_u l_u |x_u|^2 +
   * sum_i l_i |y_i|^2, where p_ui is 1 for an interaction and 0 elsewhere and c_ui = 1 + alpha
   * w_ui. With one side fixed the other is a least squares problem per row, whose matrix Y'Y +
   * Y'(C_u - I)Y + l_u I needs only the row's events beside one shared Gram matrix [1]. Each row is
   * solved by a few steps of conjugate gradients from where it was [2]: thirty times cheaper than a
   * decomposition per row at 128 dimensions, and no step can raise the loss. l_u = regularization
   * n_u^frequencyPower, n_u the row's events: 0 gives [1], 1 the weighted form of [3]. Each row is
   * worked on by one thread and Gram matrices are summed in fixed blocks, so that sums do not
   * depend on the number of threads.
   * [1] Hu, Koren & Volinsky 2008, Collaborative filtering for implicit feedback datasets, ICDM
   * [2] Takács, Pilászy & Tikk 2011, Applications of the conjugate gradient method for implicit
   * feedback, RecSys
   * [3] Zhou et al. 2008, Large-scale parallel collaborative filtering for the Netflix prize;
   * compare Rendle et al. 2021, arXiv 2110.14044, on how much the scaling matters
   */
  /** Largest number of dimensions: each row's problem is quadratic in it. */
  public static final int MAX_DIMENSIONS = 512;

  /** Largest number of iterations. */
  public static final int MAX_ITERATIONS = 1_000;

  private static final double FIRST_DEVIATION = 0.1;

  /**
   * @param dimensions C, 1 to {@value #MAX_DIMENSIONS}
   * @param alpha additional confidence of an event of weight 1, above 0
   * @param regularization pull of each vector towards 0, above 0
   * @param frequencyPower exponent of a row's events in its regularization, in [0, 1]
   * @param iterations over both sides, 1 to {@value #MAX_ITERATIONS}
   * @param conjugateSteps per row and iteration, 1 to C; with C each row is solved exactly
   */
  public record Settings(
      int dimensions,
      double alpha,
      double regularization,
      double frequencyPower,
      int iterations,
      int conjugateSteps) {
    /** 128 dimensions, alpha 5, regularization 10 for all alike, 15 iterations of 3 steps. */
    public static final Settings DEFAULT = new Settings(128, 5, 10, 0, 15, 3);

    public Settings {
      checkRange(dimensions, 1, MAX_DIMENSIONS, "%d dimensions of least squares");
      checkAboveZero(alpha, "alpha is %s");
      checkAboveZero(regularization, "regularization is %s");
      check(
          frequencyPower >= 0 && frequencyPower <= 1,
          "frequency power is %s, expected 0 to 1",
          frequencyPower);
      checkRange(iterations, 1, MAX_ITERATIONS, "%d iterations of least squares");
      checkRange(conjugateSteps, 1, dimensions, "%d conjugate steps");
    }

    /** The regularization of a row by its number of events. */
    double pull(int events) {
      return regularization * Math.pow(Math.max(1, events), frequencyPower);
    }
  }

  private final Settings settings;

  public AlternatingLeastSquares(Settings settings) {
    this.settings = settings;
  }

  /** Equal arguments give equal vectors, on any number of threads. */
  public Factorization learn(ImplicitFeedback feedback, long seed, TrainingProgress progress) {
    progress.stage(
        "least squares",
        "%,d pairs of %,d users and %,d items",
        feedback.pairs(),
        feedback.users(),
        feedback.items());
    ImplicitFeedback turned = feedback.transposed();
    SplittableRandom random = new SplittableRandom(seed);
    double[][] users = start(feedback, random.split());
    double[][] items = start(turned, random.split());
    List<Double> losses = new ArrayList<>();
    for (int iteration = 0; iteration < settings.iterations(); iteration++) {
      solve(feedback, users, items);
      solve(turned, items, users);
      losses.add(loss(feedback, turned, users, items));
      progress.step(iteration + 1, settings.iterations());
    }
    progress.finished("least squares", "loss %.4g", losses.get(losses.size() - 1));
    return new Factorization(floats(users), floats(items), losses);
  }

  /** Small random vectors; zeros stay zeros for rows without events. */
  private double[][] start(ImplicitFeedback feedback, SplittableRandom random) {
    double[][] vectors = new double[feedback.users()][settings.dimensions()];
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < vectors[row].length && feedback.count(row) > 0; d++) {
        vectors[row][d] = FIRST_DEVIATION * (random.nextDouble() - 0.5);
      }
    }
    return vectors;
  }

  private void solve(ImplicitFeedback feedback, double[][] vectors, double[][] others) {
    LeastSquaresRow row = new LeastSquaresRow(others, settings);
    IntStream.range(0, vectors.length)
        .parallel()
        .filter(i -> feedback.count(i) > 0)
        .forEach(i -> row.improve(vectors[i], feedback.rows(i), feedback.weights(i)));
  }

  /** The sum above, without visiting pairs without interactions: those are in the Gram matrices. */
  private double loss(
      ImplicitFeedback feedback, ImplicitFeedback turned, double[][] users, double[][] items) {
    double[] met = new double[users.length];
    IntStream.range(0, users.length)
        .parallel()
        .forEach(user -> met[user] = met(feedback, user, users[user], items));
    double loss = Gram.product(Gram.of(users), Gram.of(items));
    for (double some : met) {
      loss += some;
    }
    return loss + pulls(feedback, users) + pulls(turned, items);
  }

  private double met(ImplicitFeedback feedback, int user, double[] vector, double[][] items) {
    int[] rows = feedback.rows(user);
    float[] weights = feedback.weights(user);
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double score = Vectors.dot(vector, items[rows[i]]);
      double confidence = 1 + settings.alpha() * weights[i];
      sum += confidence * (1 - score) * (1 - score) - score * score;
    }
    return sum;
  }

  private double pulls(ImplicitFeedback feedback, double[][] vectors) {
    double sum = 0;
    for (int row = 0; row < vectors.length; row++) {
      sum += settings.pull(feedback.count(row)) * Vectors.dot(vectors[row], vectors[row]);
    }
    return sum;
  }

  private static float[][] floats(double[][] vectors) {
    float[][] floats = new float[vectors.length][];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = LeastSquaresRow.floats(vectors[row]);
    }
    return floats;
  }
}

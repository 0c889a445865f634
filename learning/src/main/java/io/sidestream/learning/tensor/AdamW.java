package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adam with decoupled weight decay on matrices and with gradients clipped by their global norm. */
public final class AdamW implements AutoCloseable {
  /*
   * The library's own decays every weight, biases and norms included, and clips each gradient
   * element by itself. Loshchilov and Hutter 2019, arXiv 1711.05101.
   */

  /**
   * @param weightDecay taken off weights of two or more axes, times the learning rate
   * @param maxGradientNorm length that all gradients together are cut to
   */
  public record Settings(
      double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm) {
    /** Betas 0.9 and 0.98, epsilon 1e-8, gradients of length 1 at most. */
    public static Settings withDecay(double weightDecay) {
      return new Settings(0.9, 0.98, 1e-8, weightDecay, 1.0);
    }

    public Settings {
      check(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "betas %f, %f", beta1, beta2);
      check(epsilon > 0 && maxGradientNorm > 0 && weightDecay >= 0, "optimizer out of range");
    }
  }

  /**
   * What a weight does differently from the others.
   *
   * @param rate its learning rate in proportion to theirs
   * @param weightDecay its own
   */
  public record Pace(double rate, double weightDecay) {
    public Pace {
      check(rate > 0 && weightDecay >= 0, "pace of rate %f, decay %f", rate, weightDecay);
    }
  }

  private record Moments(NDArray mean, NDArray square) {}

  private final Parameters parameters;
  private final Settings settings;
  private final Map<String, Pace> paces;
  private final NDManager manager;
  private final boolean atOnce;
  private final Map<String, Moments> moments = new HashMap<>();
  private @Nullable FlatAdamW flat; // null until the first step, and where weights move one by one
  private long steps;

  public AdamW(Parameters parameters, Settings settings) {
    this(parameters, settings, Map.of());
  }

  /**
   * @param paces of weights that have one of their own, by name
   */
  public AdamW(Parameters parameters, Settings settings, Map<String, Pace> paces) {
    this(parameters, settings, paces, parameters.onGpu());
  }

  /**
   * @param atOnce whether the weights of the first step move at once, for GPUs: numbers are the
   *     same but for the last bits of the gradients' norm
   */
  AdamW(Parameters parameters, Settings settings, Map<String, Pace> paces, boolean atOnce) {
    this.atOnce = atOnce;
    this.parameters = parameters;
    this.settings = settings;
    this.paces = Map.copyOf(paces);
    this.manager = parameters.manager().newSubManager();
  }

  /** Moves the weights against the gradients of a step that has gone backward. */
  public void apply(TrainingStep step, double learningRate) {
    Map<String, NDArray> gradients = step.gradients();
    FlatAdamW all = atOnce && !gradients.isEmpty() ? flat(gradients) : null;
    if (all != null && all.moves(gradients.keySet())) {
      all.apply(gradients, learningRate, ++steps);
    } else {
      moveEach(gradients, learningRate);
    }
  }

  private FlatAdamW flat(Map<String, NDArray> gradients) {
    if (flat == null) {
      Map<String, Pace> own = new LinkedHashMap<>();
      gradients.keySet().forEach(name -> own.put(name, pace(name)));
      flat = new FlatAdamW(parameters, settings, own);
    }
    return flat;
  }

  private Pace pace(String name) {
    Pace pace = paces.getOrDefault(name, new Pace(1, settings.weightDecay()));
    return parameters.value(name).getShape().dimension() > 1 ? pace : new Pace(pace.rate(), 0);
  }

  private void moveEach(Map<String, NDArray> gradients, double learningRate) {
    double norm = norm(gradients);
    check(Double.isFinite(norm), "step %d has gradients of length %f", steps, norm);
    steps++;
    double clip = Math.min(1, settings.maxGradientNorm() / Math.max(norm, settings.epsilon()));
    gradients.forEach((name, gradient) -> move(name, gradient, clip, learningRate, pace(name)));
  }

  private static double norm(Map<String, NDArray> gradients) {
    double sum = 0;
    for (NDArray gradient : gradients.values()) {
      NDArray square = gradient.square().sum();
      sum += Tensors.number(square);
    }
    return Math.sqrt(sum);
  }

  private void move(String name, NDArray gradient, double clip, double peak, Pace pace) {
    double learningRate = peak * pace.rate();
    NDArray weight = parameters.value(name);
    Moments moment = moments.computeIfAbsent(name, key -> start(name, weight.getShape()));
    FusedAdamW fused =
        new FusedAdamW(
            settings,
            clip,
            learningRate / correction(settings.beta1(), steps),
            1 - learningRate * pace.weightDecay(),
            Math.sqrt(correction(settings.beta2(), steps)));
    if (FusedAdamW.moves(weight)) {
      fused.move(weight, gradient, moment.mean(), moment.square());
    } else {
      byOperations(fused, weight, gradient, moment.mean(), moment.square());
    }
  }

  /** The same by operations on tensors, wherever they are. */
  static void byOperations(
      FusedAdamW move, NDArray weight, NDArray gradient, NDArray mean, NDArray square) {
    Settings settings = move.settings();
    NDArray clipped = times(gradient, move.clip());
    blend(mean, clipped, settings.beta1());
    blend(square, clipped.square(), settings.beta2());
    NDArray root = Tensors.moved(square.sqrt(), gradient.getManager());
    root.divi(Tensors.scalar(root, move.squareRoot()));
    root.addi(Tensors.scalar(root, settings.epsilon()));
    NDArray direction = Tensors.moved(mean.div(root), gradient.getManager());
    weight.muli(Tensors.scalar(gradient, move.kept()));
    weight.subi(times(direction, move.rate()));
  }

  /** moment = beta · moment + (1 - beta) · news. */
  static void blend(NDArray moment, NDArray news, double beta) {
    moment.muli(Tensors.scalar(news, beta));
    moment.addi(times(news, 1 - beta));
  }

  /** x · factor. */
  static NDArray times(NDArray x, double factor) {
    return x.mul(Tensors.scalar(x, factor));
  }

  /** What a moment lacks after some steps, having begun at 0. */
  static double correction(double beta, long steps) {
    return 1 - Math.pow(beta, steps);
  }

  private Moments start(String name, Shape shape) {
    if (flat != null && flat.has(name)) {
      return new Moments(flat.mean(name), flat.square(name));
    }
    return new Moments(
        manager.zeros(shape, parameters.type()), manager.zeros(shape, parameters.type()));
  }

  @Override
  public void close() {
    if (flat != null) {
      flat.close();
    }
    manager.close();
  }
}

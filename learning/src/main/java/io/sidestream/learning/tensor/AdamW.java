package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

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
  private final Map<String, Moments> moments = new HashMap<>();
  private long steps;

  public AdamW(Parameters parameters, Settings settings) {
    this(parameters, settings, Map.of());
  }

  /**
   * @param paces of weights that have one of their own, by name
   */
  public AdamW(Parameters parameters, Settings settings, Map<String, Pace> paces) {
    this.parameters = parameters;
    this.settings = settings;
    this.paces = Map.copyOf(paces);
    this.manager = parameters.manager().newSubManager();
  }

  /** Moves the weights against the gradients of a step that has gone backward. */
  public void apply(TrainingStep step, double learningRate) {
    Map<String, NDArray> gradients = step.gradients();
    double norm = norm(gradients);
    check(Double.isFinite(norm), "step %d has gradients of length %f", steps, norm);
    steps++;
    double clip = Math.min(1, settings.maxGradientNorm() / Math.max(norm, settings.epsilon()));
    Pace usual = new Pace(1, settings.weightDecay());
    gradients.forEach(
        (name, gradient) ->
            move(name, gradient, clip, learningRate, paces.getOrDefault(name, usual)));
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
    Moments moment = moments.computeIfAbsent(name, key -> start(weight.getShape()));
    NDArray clipped = SafeMath.multiply(gradient, clip);
    blend(moment.mean(), clipped, settings.beta1());
    blend(moment.square(), clipped.square(), settings.beta2());
    NDArray root = Tensors.moved(moment.square().sqrt(), gradient.getManager());
    root.divi(Tensors.scalar(root, Math.sqrt(correction(settings.beta2()))));
    root.addi(Tensors.scalar(root, settings.epsilon()));
    NDArray direction = Tensors.moved(moment.mean().div(root), gradient.getManager());
    if (weight.getShape().dimension() > 1) {
      weight.muli(Tensors.scalar(gradient, 1 - learningRate * pace.weightDecay()));
    }
    weight.subi(SafeMath.multiply(direction, learningRate / correction(settings.beta1())));
  }

  /** moment = beta · moment + (1 - beta) · news. */
  private static void blend(NDArray moment, NDArray news, double beta) {
    moment.muli(Tensors.scalar(news, beta));
    moment.addi(SafeMath.multiply(news, 1 - beta));
  }

  private double correction(double beta) {
    return 1 - Math.pow(beta, steps);
  }

  private Moments start(Shape shape) {
    return new Moments(
        manager.zeros(shape, parameters.type()), manager.zeros(shape, parameters.type()));
  }

  @Override
  public void close() {
    manager.close();
  }
}

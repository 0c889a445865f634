package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Steps as long as the learning rate over the root of a weight's summed squared gradients: a number
 * whose gradient is zero stays where it is.
 */
public final class Adagrad implements AutoCloseable {
  /*
   * For tables of which a step sees few rows: Adam would move the other rows by its momentum.
   * Duchi, Hazan & Singer 2011, Journal of Machine Learning Research 12.
   */
  private static final double EPSILON = 1e-8;

  private final Parameters parameters;
  private final NDManager manager;
  private final Map<String, NDArray> squares = new HashMap<>();
  private long steps;

  public Adagrad(Parameters parameters) {
    this.parameters = parameters;
    this.manager = parameters.manager().newSubManager();
  }

  /** Moves the weights against the gradients of a step that has gone backward. */
  public void apply(TrainingStep step, double learningRate) {
    step.gradients().forEach((name, gradient) -> move(name, gradient, learningRate));
    steps++;
  }

  private void move(String name, NDArray gradient, double learningRate) {
    NDArray weight = parameters.value(name);
    NDArray sum =
        squares.computeIfAbsent(
            name, key -> manager.full(weight.getShape(), (float) EPSILON, parameters.type()));
    sum.addi(gradient.square());
    NDArray root = Tensors.moved(sum.sqrt(), gradient.getManager());
    NDArray change = SafeMath.multiply(gradient.div(root), learningRate);
    double length = Tensors.number(change.square().sum());
    check(Double.isFinite(length), "step %d moves %s by %f", steps, name, length);
    weight.subi(change);
  }

  @Override
  public void close() {
    manager.close();
  }
}

package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass through a model, forward and perhaps back; all tensors it makes go when it closes. One
 * at a time in a JVM while it collects gradients.
 *
 * <p>Use: {@code try (var step = TrainingStep.learning(parameters)) { NDArray loss = …; float value
 * = step.backward(loss); optimizer.apply(step, rate); }}
 */
public final class TrainingStep implements AutoCloseable {
  private final Parameters parameters;
  private final Predicate<String> learns;
  private final NDManager manager;
  private final @Nullable GradientCollector collector; // null in a step that only computes
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private boolean open = true;

  private TrainingStep(Parameters parameters, Predicate<String> learns, boolean collects) {
    this.parameters = parameters;
    this.learns = learns;
    this.manager = parameters.manager().newSubManager();
    this.collector = collects ? Engine.getInstance().newGradientCollector() : null;
  }

  /** A step in which all weights learn. */
  public static TrainingStep learning(Parameters parameters) {
    return learning(parameters, name -> true);
  }

  /** A step in which the weights with these names learn and the others are frozen. */
  public static TrainingStep learning(Parameters parameters, Predicate<String> learns) {
    return new TrainingStep(parameters, learns, true);
  }

  /** A step that only computes. */
  public static TrainingStep computing(Parameters parameters) {
    return new TrainingStep(parameters, name -> false, false);
  }

  /** Where this step's tensors belong. */
  public NDManager manager() {
    return manager;
  }

  /** A weight as this step's graph sees it. */
  public NDArray weight(String name) {
    return leaves.computeIfAbsent(name, this::leaf);
  }

  private NDArray leaf(String name) {
    NDArray leaf = Tensors.moved(parameters.value(name).stopGradient(), manager);
    if (collector != null && learns.test(name)) {
      leaf.setRequiresGradient(true);
    }
    return leaf;
  }

  /** A tensor of another step as one of this step's: what is made of it goes with this step. */
  public NDArray own(NDArray other) {
    return Tensors.moved(other.stopGradient(), manager);
  }

  /** Input of the same type as the weights, row-major. */
  public NDArray floats(float[] values, long... shape) {
    return Tensors.of(manager, parameters.type(), values, shape);
  }

  /** Indices, row-major, int64. */
  public NDArray indices(long[] values, long... shape) {
    return Tensors.indices(manager, values, shape);
  }

  /** Computes the gradients of a loss of shape () and ends the collection. */
  public double backward(NDArray loss) {
    if (collector == null || !open) {
      throw new IllegalArgumentException("this step collects no gradients");
    }
    collector.backward(loss);
    open = false;
    collector.close();
    return Tensors.number(loss);
  }

  /** The gradients of the weights that this step used and that learn, by name. */
  Map<String, NDArray> gradients() {
    check(!open, "gradients are there after backward");
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      NDArray leaf = leaves.get(name);
      if (leaf != null && leaf.hasGradient()) {
        gradients.put(name, leaf.getGradient());
      }
    }
    return gradients;
  }

  @Override
  public void close() {
    if (collector != null && open) {
      open = false;
      collector.close();
    }
    manager.close();
  }
}

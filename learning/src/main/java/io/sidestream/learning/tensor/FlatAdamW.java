package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@link AdamW} computes, for all weights at once: weights, gradients and moments lie in one
 * tensor each, and a step is some twenty kernels instead of some thousand.
 */
final class FlatAdamW implements AutoCloseable {
  /*
   * The weights of a model become views of the one tensor, weights that move alike beside each
   * other. Gradients are one tensor after a concatenation. Their norm never leaves the device but
   * to be checked, after the step's kernels are on their way.
   */

  /** Weights beside each other that move alike: numbers from one up to, not including, another. */
  private record Run(long from, long to, AdamW.Pace pace) {
    NDIndex range() {
      return new NDIndex().addSliceDim(from, to);
    }
  }

  private record Place(long from, Shape shape) {
    NDArray view(NDArray flat) {
      NDIndex range = new NDIndex().addSliceDim(from, from + shape.size());
      try (NDArray part = flat.get(range)) {
        return part.reshape(shape);
      }
    }
  }

  private final Parameters parameters;
  private final AdamW.Settings settings;
  private final NDManager manager;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, NDArray> views = new HashMap<>();
  private final NDArray mean;
  private final NDArray square;
  private NDArray weights;

  /**
   * @param paces of the weights that learn, by name; no decay where there is none
   */
  FlatAdamW(Parameters parameters, AdamW.Settings settings, Map<String, AdamW.Pace> paces) {
    this.parameters = parameters;
    this.settings = settings;
    this.manager = parameters.manager().newSubManager();
    Shape shape = new Shape(layOut(paces));
    this.mean = manager.zeros(shape, parameters.type());
    this.square = manager.zeros(shape, parameters.type());
    this.weights = gathered();
  }

  private long layOut(Map<String, AdamW.Pace> paces) {
    Map<AdamW.Pace, List<String>> alike = new LinkedHashMap<>();
    paces.forEach((name, pace) -> alike.computeIfAbsent(pace, p -> new ArrayList<>()).add(name));
    long end = 0;
    for (Map.Entry<AdamW.Pace, List<String>> run : alike.entrySet()) {
      long from = end;
      for (String name : run.getValue()) {
        Shape shape = parameters.value(name).getShape();
        places.put(name, new Place(end, shape));
        end += shape.size();
      }
      runs.add(new Run(from, end, run.getKey()));
    }
    return end;
  }

  private NDArray gathered() {
    NDArray all;
    try (NDManager step = manager.newSubManager()) {
      NDList parts = new NDList();
      for (String name : places.keySet()) {
        parts.add(Tensors.moved(parameters.value(name).reshape(-1), step));
      }
      all = Tensors.moved(NDArrays.concat(parts), manager);
    }
    places.forEach(
        (name, place) -> {
          NDArray view = Tensors.moved(place.view(all), parameters.manager());
          parameters.adopt(name, view);
          views.put(name, view);
        });
    return all;
  }

  /** Whether these are the weights that this moves. */
  boolean moves(Set<String> names) {
    return places.keySet().equals(names);
  }

  boolean has(String name) {
    return places.containsKey(name);
  }

  /** A weight's part of the means of its gradients, in the weight's shape. */
  NDArray mean(String name) {
    return place(name).view(mean);
  }

  /** A weight's part of the means of its squared gradients. */
  NDArray square(String name) {
    return place(name).view(square);
  }

  private Place place(String name) {
    return of(places, name, "weight %s has no place");
  }

  private static <T> T of(Map<String, T> all, String name, String missing) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(String.format(missing, name));
    }
    return found;
  }

  /**
   * Moves the weights.
   *
   * @param gradients of all of them
   * @param steps this one counted
   */
  void apply(Map<String, NDArray> gradients, double learningRate, long steps) {
    gatherReplaced();
    NDArray gradient = flat(gradients);
    NDManager step = gradient.getManager();
    NDArray norm = gradient.square().sum().sqrt(); // ()
    gradient.muli(clip(norm));
    AdamW.blend(mean, gradient, settings.beta1());
    AdamW.blend(square, gradient.square(), settings.beta2());
    NDArray root = Tensors.moved(square.sqrt(), step);
    root.divi(Tensors.scalar(root, Math.sqrt(AdamW.correction(settings.beta2(), steps))));
    root.addi(Tensors.scalar(root, settings.epsilon()));
    NDArray direction = Tensors.moved(mean.div(root), step);
    double rate = learningRate / AdamW.correction(settings.beta1(), steps);
    for (Run run : runs) {
      NDArray moving = Tensors.moved(weights.get(run.range()), step);
      NDArray by = direction.get(run.range());
      double pace = run.pace().rate();
      if (run.pace().weightDecay() > 0) {
        double decay = learningRate * pace * run.pace().weightDecay();
        moving.muli(Tensors.scalar(by, 1 - decay));
      }
      moving.subi(AdamW.times(by, rate * pace));
    }
    double length = Tensors.number(norm);
    check(Double.isFinite(length), "step %d has gradients of length %f", steps - 1, length);
  }

  /** Weights that were replaced between steps come into the one tensor again. */
  private void gatherReplaced() {
    for (Map.Entry<String, NDArray> view : views.entrySet()) {
      if (parameters.value(view.getKey()) != view.getValue()) {
        NDArray old = weights;
        weights = gathered();
        old.close();
        return;
      }
    }
  }

  private NDArray flat(Map<String, NDArray> gradients) {
    NDList parts = new NDList();
    for (String name : places.keySet()) {
      parts.add(of(gradients, name, "weight %s has no gradient").reshape(-1));
    }
    return NDArrays.concat(parts);
  }

  /** What the gradients are multiplied by, shape (). */
  private NDArray clip(NDArray norm) {
    NDArray most = Tensors.scalar(norm, settings.maxGradientNorm());
    NDArray least = Tensors.scalar(norm, settings.epsilon());
    return most.div(norm.maximum(least)).minimum(Tensors.scalar(norm, 1));
  }

  @Override
  public void close() {
    manager.close();
  }
}

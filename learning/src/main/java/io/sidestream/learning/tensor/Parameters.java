package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The weights of one model by name, in the order they were added. Not for several threads. */
public final class Parameters implements InitialWeights, NamedWeights, AutoCloseable {
  /*
   * No weight here requires a gradient. A TrainingStep hands out detached leaves that share the
   * memory and belong to the step, so that everything a step makes, gradients included, goes when
   * the step closes.
   */
  private final NDManager manager;
  private final DataType type;
  private final Map<String, NDArray> values = new LinkedHashMap<>();

  public Parameters() {
    this(DataType.FLOAT32);
  }

  /** With FLOAT64, gradients can be checked closely. */
  Parameters(DataType type) {
    this.type = type;
    this.manager = NDManager.newBaseManager(Device.cpu());
  }

  @Override
  public void normal(String name, double deviation, SplittableRandom random, long... shape) {
    int count = Math.toIntExact(new Shape(shape).size());
    add(name, Gaussian.samples(random, count, deviation), shape);
  }

  @Override
  public void constant(String name, double value, long... shape) {
    put(name, manager.full(new Shape(shape), (float) value, type));
  }

  @Override
  public void add(String name, float[] data, long... shape) {
    put(name, Tensors.of(manager, type, data, shape));
  }

  private void put(String name, NDArray value) {
    check(!values.containsKey(name), "weight %s was added before", name);
    values.put(name, value);
  }

  /** In the order they were added. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Override
  public long[] shape(String name) {
    return value(name).getShape().getShape();
  }

  /** A copy in row-major order. */
  @Override
  public float[] floats(String name) {
    return Tensors.toFloats(value(name));
  }

  /** Puts other values in the place of a weight's, between steps, row-major. */
  public void replace(String name, float[] data) {
    NDArray value = value(name);
    check(
        value.size() == data.length,
        "weight %s takes %d numbers, found %d",
        name,
        value.size(),
        data.length);
    values.put(name, Tensors.of(manager, type, data, shape(name)));
    value.close();
  }

  /** Moves one number of a weight, for gradients by finite differences. */
  void nudge(String name, int at, double by) {
    NDArray value = value(name);
    double[] one = new double[Math.toIntExact(value.size())];
    one[at] = by;
    try (NDArray change = Tensors.doubles(manager, one, shape(name))) {
      value.addi(change);
    }
  }

  /** Numbers in all weights. */
  public long size() {
    return values.values().stream().mapToLong(NDArray::size).sum();
  }

  /** The weight itself; changed only between steps. */
  NDArray value(String name) {
    NDArray value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no weight is named " + name);
    }
    return value;
  }

  NDManager manager() {
    return manager;
  }

  DataType type() {
    return type;
  }

  @Override
  public void close() {
    manager.close();
  }
}

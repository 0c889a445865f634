package io.sidestream.learning.tensor;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sidestream.model.onnx.Device;
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

  /** On a processor. */
  public Parameters() {
    this(Device.CPU);
  }

  /** Where the weights are, all that is made of them is computed. */
  public Parameters(Device device) {
    this(device, DataType.FLOAT32);
  }

  /** With FLOAT64, gradients can be checked closely. */
  Parameters(DataType type) {
    this(Device.CPU, type);
  }

  private Parameters(Device device, DataType type) {
    this.type = type;
    this.manager = Tensors.manager(device);
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

  /** Puts another tensor of the same numbers in a weight's place, and closes the one before. */
  void adopt(String name, NDArray same) {
    value(name).close();
    values.put(name, same);
  }

  /** These, where they are in main memory; else a copy there, and these are closed. */
  public Parameters toMainMemory() {
    return onGpu() ? moved() : this;
  }

  /** A copy in main memory in place of these, which are closed. */
  Parameters moved() {
    Parameters copy = new Parameters(Device.CPU, type);
    names().forEach(name -> copy.add(name, floats(name), shape(name)));
    close();
    return copy;
  }

  boolean onGpu() {
    return manager.getDevice().isGpu();
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

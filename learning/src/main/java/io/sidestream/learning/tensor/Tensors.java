package io.sidestream.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sidestream.model.onnx.Device;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tensors that own their memory, made from Java arrays. */
public final class Tensors {
  /*
   * What NDManager.create gives is a view of a Java buffer: once it is closed the buffer may be
   * collected while a graph still reads it. A duplicate lives in native memory and is counted
   * there. On a GPU it is a copy already.
   */
  private Tensors() {}

  /** Of tensors on a device. A process without a GPU asks for CUDA in vain. */
  public static NDManager manager(Device device) {
    return NDManager.newBaseManager(
        device == Device.CUDA ? ai.djl.Device.gpu() : ai.djl.Device.cpu());
  }

  /** A number of the same type as {@code like}, in its manager. Shape: (). */
  public static NDArray scalar(NDArray like, double value) {
    return like.getManager().full(new Shape(), (float) value, like.getDataType());
  }

  /** The same for numbers that come again and again. */
  static NDArray constant(NDArray like, double value) {
    return like.getManager().getDevice().isGpu()
        ? Constants.shared().of(like.getDataType(), value).orElseGet(() -> scalar(like, value))
        : scalar(like, value);
  }

  /** Floats in row-major order. */
  public static NDArray floats(NDManager manager, float[] values, long... shape) {
    return owned(manager.create(values, new Shape(shape)));
  }

  /**
   * The same from a direct buffer in the machine's order, which may be used again.
   *
   * @param values as many as the shape has
   */
  public static NDArray floats(NDManager manager, ByteBuffer values, long... shape) {
    return owned(manager.create(values, new Shape(shape), DataType.FLOAT32));
  }

  private static NDArray owned(NDArray made) {
    if (made.getManager().getDevice().isGpu()) {
      return made;
    }
    try (made) {
      return made.duplicate();
    }
  }

  /** Doubles in row-major order, for gradients checked closer than floats allow. */
  static NDArray doubles(NDManager manager, double[] values, long... shape) {
    return owned(manager.create(values, new Shape(shape)));
  }

  /** Values in row-major order as the given type, FLOAT32 or FLOAT64. */
  static NDArray of(NDManager manager, DataType type, float[] values, long... shape) {
    if (type == DataType.FLOAT32) {
      return floats(manager, values, shape);
    }
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return doubles(manager, wide, shape);
  }

  /** Indices in row-major order. */
  static NDArray indices(NDManager manager, long[] values, long... shape) {
    return owned(manager.create(values, new Shape(shape)));
  }

  /** The values in row-major order, doubles rounded. */
  public static float[] toFloats(NDArray tensor) {
    if (tensor.getDataType() == DataType.FLOAT32) {
      return tensor.toFloatArray();
    }
    double[] wide = tensor.toDoubleArray();
    float[] narrow = new float[wide.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }

  /** The rows of a matrix. */
  public static float[][] rows(NDArray matrix) {
    float[] flat = toFloats(matrix);
    int width = Math.toIntExact(matrix.getShape().get(1));
    float[][] rows = new float[Math.toIntExact(matrix.getShape().get(0))][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width));
    return rows;
  }

  /** The value of a tensor of shape (). */
  public static double number(NDArray scalar) {
    return scalar.getDataType() == DataType.FLOAT64
        ? scalar.toDoubleArray()[0]
        : scalar.toFloatArray()[0];
  }

  /** The same tensor, belonging to another manager from now on. */
  static NDArray moved(NDArray tensor, NDManager manager) {
    tensor.attach(manager);
    return tensor;
  }
}

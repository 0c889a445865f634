package io.sidestream.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.SplittableRandom;

/** Arithmetic whose gradients are right: the forms of the tensor library that a graph may hold. */
public final class SafeMath {
  /*
   * x.mul(2), x.div(2), x.pow(2), x.maximum(0) and their kin wrap the number in a view of a Java
   * buffer and close it at once. The graph keeps the view, the buffer is collected, and the
   * gradient is wrong or NaN, sometimes. Here a number becomes a tensor in native memory first.
   * Numbers here are those of models and settings: few, and the same at each step.
   * Results belong to the manager of the first argument: inside a step that is the step's, because
   * its weights are.
   *
   * Letters: B rows, D dimensions, K classes.
   */

  /** What a position that must not be seen gets added before a softmax. */
  public static final float MASKED = -1e9f;

  private static final double TINY = 1e-12;

  private SafeMath() {}

  /** x · factor. */
  public static NDArray multiply(NDArray x, double factor) {
    return x.mul(Tensors.constant(x, factor));
  }

  /** x / divisor. */
  public static NDArray divide(NDArray x, double divisor) {
    return x.div(Tensors.constant(x, divisor));
  }

  /** √(x + epsilon): with an epsilon above 0 its gradient is finite at 0. */
  static NDArray squareRoot(NDArray x, double epsilon) {
    return x.add(Tensors.constant(x, epsilon)).sqrt();
  }

  public static NDArray softmax(NDArray x, int axis) {
    return x.softmax(axis);
  }

  public static NDArray logSoftmax(NDArray x, int axis) {
    return x.logSoftmax(axis);
  }

  /** The exact Gaussian error linear unit, x · Φ(x). */
  public static NDArray gelu(NDArray x) {
    return x.getNDArrayInternal().gelu();
  }

  /** The GELU approximated by tanh, {@code gelu_new} of transformers. */
  public static NDArray tanhGelu(NDArray x) {
    NDArray cube = multiply(x.square().mul(x), 0.044715);
    NDArray tanh = multiply(cube.add(x), Math.sqrt(2 / Math.PI)).tanh();
    return multiply(tanh.mul(x).add(x), 0.5);
  }

  public static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /** Rows of length 1 along the last axis; a row of zeros stays one. */
  public static NDArray unitLength(NDArray x) {
    return x.div(squareRoot(x.square().sum(new int[] {-1}, true), TINY));
  }

  /** Layer normalization along the last axis. Shapes: x (…, D), scale and shift (D). */
  public static NDArray layerNorm(NDArray x, NDArray scale, NDArray shift, double epsilon) {
    Shape last = scale.getShape();
    return x.getNDArrayInternal()
        .layerNorm(x, last, scale, shift, (float) epsilon)
        .singletonOrThrow();
  }

  /** x / √(mean x² + epsilon) · scale along the last axis. Shapes: x (…, D), scale (D). */
  public static NDArray rootMeanSquareNorm(NDArray x, NDArray scale, double epsilon) {
    NDArray root = squareRoot(x.square().mean(new int[] {-1}, true), epsilon); // (…, 1)
    return x.mul(Tensors.constant(x, 1).div(root)).mul(scale);
  }

  /** Rows of a table. Shapes: table (V, D), indices (…) int64, result (…, D). */
  public static NDArray lookUp(NDArray table, NDArray indices) {
    NDList rows = table.getNDArrayInternal().embedding(indices, table, SparseFormat.DENSE);
    return Tensors.moved(rows.singletonOrThrow(), table.getManager());
  }

  /**
   * Zeroes a share of x and scales the rest up; x itself when the rate is 0. The mask is drawn
   * where x is, a processor's in Java.
   */
  public static NDArray dropout(NDArray x, double rate, SplittableRandom random) {
    if (rate == 0) {
      return x;
    }
    return x.getManager().getDevice().isGpu()
        ? EngineDropout.apply(x, rate, random.nextInt())
        : x.mul(dropoutMask(x, rate, random));
  }

  private static NDArray dropoutMask(NDArray x, double rate, SplittableRandom random) {
    float kept = (float) (1 / (1 - rate));
    int threshold = (int) Math.round(rate * (1 << Short.SIZE));
    float[] mask = new float[Math.toIntExact(x.size())];
    long bits = 0;
    for (int i = 0; i < mask.length; i++) {
      bits = i % 4 == 0 ? random.nextLong() : bits >>> Short.SIZE;
      mask[i] = (bits & 0xFFFF) < threshold ? 0 : kept;
    }
    return Tensors.of(x.getManager(), x.getDataType(), mask, x.getShape().getShape());
  }

  /** One element of each row. Shapes: x (B, K), places (B) int64, result (B). */
  public static NDArray elements(NDArray x, NDArray places) {
    return x.gather(places.expandDims(1), 1).squeeze(1);
  }

  /**
   * Weighted mean of the cross-entropy.
   *
   * @param logits shape (B, K)
   * @param targets class per row, int64, shape (B)
   * @param weights per row, not all 0, shape (B)
   * @return shape ()
   */
  public static NDArray crossEntropy(NDArray logits, NDArray targets, NDArray weights) {
    NDArray log = logSoftmax(logits, 1); // (B, K)
    NDArray hit = elements(log, targets); // (B)
    return hit.mul(weights).sum().neg().div(weights.sum());
  }

  /**
   * In-batch contrast: each query against the items of all rows, its own being the right one.
   *
   * @param queries unit vectors, shape (B, D)
   * @param items unit vectors, shape (B, D)
   * @param rows which item each row is about; other rows with the same item are no negatives
   * @param weights per row, not all 0
   * @return shape ()
   */
  public static NDArray contrast(
      NDArray queries, NDArray items, double temperature, long[] rows, float[] weights) {
    int batch = rows.length;
    NDArray scores = divide(queries.matMul(items.transpose()), temperature); // (B, B)
    DataType type = queries.getDataType();
    NDArray mask =
        Tensors.of(queries.getManager(), type, sameItemMask(rows), batch, batch); // (B, B)
    long[] own = new long[batch];
    for (int row = 0; row < batch; row++) {
      own[row] = row;
    }
    NDArray targets = Tensors.indices(queries.getManager(), own, batch); // (B)
    NDArray weight = Tensors.of(queries.getManager(), type, weights, batch); // (B)
    return crossEntropy(scores.add(mask), targets, weight);
  }

  private static float[] sameItemMask(long[] rows) {
    float[] mask = new float[rows.length * rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        mask[i * rows.length + j] = i != j && rows[i] == rows[j] ? MASKED : 0;
      }
    }
    return mask;
  }
}

package io.sidestream.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * How {@link AdamW} moves one weight in main memory: one pass over its numbers in place of some
 * twenty, each of which would fill memory of its own.
 *
 * @param clip factor of the gradient
 * @param rate what is taken off the weight for a direction of 1
 * @param kept what decay leaves of the weight; 1 without
 * @param squareRoot of what the squares lack for having begun at 0
 */
record FusedAdamW(
    AdamW.Settings settings, double clip, double rate, double kept, double squareRoot) {
  /*
   * Numbers are rounded where those of tensor operations are; only the library's square roots
   * differ in their last bit, now and then. Buffers are views of the tensors' own memory: a block
   * is copied out, moved and copied back, since loops over arrays use the processor's vectors and
   * loops over buffers do not.
   */
  private static final int BLOCK = 1 << 11;

  /** Numbers of a weight from which on several threads move it. */
  private static final int MANY = 1 << 17;

  /** Whether a weight's memory can be written to from here. */
  static boolean moves(NDArray weight) {
    return !weight.getDevice().isGpu() && weight.getDataType() == DataType.FLOAT32;
  }

  /** Moves a weight and the means of its gradients and of their squares. */
  void move(NDArray weight, NDArray gradient, NDArray mean, NDArray square) {
    FloatBuffer weights = memory(weight);
    FloatBuffer gradients = memory(gradient);
    FloatBuffer means = memory(mean);
    FloatBuffer squares = memory(square);
    int size = weights.capacity();
    IntStream blocks = IntStream.range(0, (size + BLOCK - 1) / BLOCK);
    (size < MANY ? blocks : blocks.parallel())
        .forEach(
            block -> {
              int from = block * BLOCK;
              int count = Math.min(BLOCK, size - from);
              float[] w = copy(weights, from, count);
              float[] m = copy(means, from, count);
              float[] s = copy(squares, from, count);
              move(w, copy(gradients, from, count), m, s);
              weights.put(from, w, 0, count);
              means.put(from, m, 0, count);
              squares.put(from, s, 0, count);
            });
  }

  private static FloatBuffer memory(NDArray tensor) {
    return tensor.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static float[] copy(FloatBuffer buffer, int from, int count) {
    float[] block = new float[count];
    buffer.get(from, block, 0, count);
    return block;
  }

  private void move(float[] weights, float[] gradients, float[] means, float[] squares) {
    float clipping = (float) clip;
    float beta1 = (float) settings.beta1();
    float news1 = (float) (1 - settings.beta1());
    float beta2 = (float) settings.beta2();
    float news2 = (float) (1 - settings.beta2());
    float divisor = (float) squareRoot;
    float epsilon = (float) settings.epsilon();
    float left = (float) kept;
    float step = (float) rate;
    for (int i = 0; i < weights.length; i++) {
      float gradient = gradients[i] * clipping;
      float mean = means[i] * beta1 + gradient * news1;
      float square = squares[i] * beta2 + gradient * gradient * news2;
      means[i] = mean;
      squares[i] = square;
      float root = (float) Math.sqrt(square) / divisor + epsilon;
      weights[i] = weights[i] * left - mean / root * step;
    }
  }
}

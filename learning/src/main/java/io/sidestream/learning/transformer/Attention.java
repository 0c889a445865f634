package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.function.IntUnaryOperator;

/**
 * Multi-head attention inside one step, without its projections.
 *
 * <p>Legend: B sequences, Q queries, K keys, H heads, E dimensions of a head.
 *
 * @param divisor of the scores
 * @param dropout of the attention probabilities
 */
record Attention(int heads, double divisor, Dropout dropout) {
  /**
   * @param query shape (B, Q, H * E)
   * @param key shape (B or 1, K, H * E)
   * @param value shape (B or 1, K, H * E)
   * @param bias broadcasts to (B, H, Q, K)
   * @return shape (B, Q, H * E)
   */
  NDArray of(NDArray query, NDArray key, NDArray value, NDArray bias) {
    NDArray scaled = divisor == 1 ? query : SafeMath.divide(query, divisor); // fewer than scores
    NDArray scores = perHead(scaled).matMul(perHead(key).transpose(0, 1, 3, 2)); // (B, H, Q, K)
    NDArray probabilities = SafeMath.softmax(scores.add(bias), 3); // (B, H, Q, K)
    return dropout
        .apply(probabilities)
        .matMul(perHead(value)) // (B, H, Q, E)
        .transpose(0, 2, 1, 3) // (B, Q, H, E)
        .reshape(query.getShape());
  }

  private NDArray perHead(NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    return x.reshape(batch, length, heads, -1).transpose(0, 2, 1, 3);
  }

  /**
   * The bias of relative positions, shape (1, H, N, N).
   *
   * @param table of buckets, shape (buckets, H)
   * @param bucket of key position minus query position
   */
  static NDArray relativeBias(
      TrainingStep step, NDArray table, int length, IntUnaryOperator bucket) {
    long[] buckets = new long[length * length];
    for (int query = 0; query < length; query++) {
      for (int key = 0; key < length; key++) {
        buckets[query * length + key] = bucket.applyAsInt(key - query);
      }
    }
    NDArray bias = SafeMath.lookUp(table, step.indices(buckets, length, length)); // (N, N, H)
    return bias.transpose(2, 0, 1).expandDims(0);
  }

  /** Masks later positions, shape (1, 1, N, N). */
  static NDArray causalMask(TrainingStep step, int length) {
    float[] mask = new float[length * length];
    for (int query = 0; query < length; query++) {
      for (int key = query + 1; key < length; key++) {
        mask[query * length + key] = SafeMath.MASKED;
      }
    }
    return step.floats(mask, 1, 1, length, length);
  }
}

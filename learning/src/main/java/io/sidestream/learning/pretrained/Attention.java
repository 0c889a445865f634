package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Attention of many heads inside one step, the projections left to the caller.
 *
 * <p>Letters: B sequences, Q queries, K keys, H heads, E dimensions of a head.
 *
 * @param scale what scores are multiplied by
 * @param dropout share of attention that is forgotten
 */
record Attention(int heads, double scale, double dropout, SplittableRandom random) {
  /**
   * @param query shape (B, Q, H * E)
   * @param key shape (B or 1, K, H * E)
   * @param value shape (B or 1, K, H * E)
   * @param bias broadcasts to (B, H, Q, K)
   * @return shape (B, Q, H * E)
   */
  NDArray of(NDArray query, NDArray key, NDArray value, NDArray bias) {
    NDArray scores = perHead(query).matMul(perHead(key).transpose(0, 1, 3, 2)); // (B, H, Q, K)
    NDArray scaled = scale == 1 ? scores : SafeMath.multiply(scores, scale);
    NDArray shares = SafeMath.softmax(scaled.add(bias), 3); // (B, H, Q, K)
    return SafeMath.dropout(shares, dropout, random)
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
   * What scores get for the distance between query and key, shape (1, H, N, N).
   *
   * @param table of buckets, shape (buckets, H)
   * @param bucket of key position minus query position
   */
  static NDArray positions(TrainingStep step, NDArray table, int length, IntUnaryOperator bucket) {
    long[] buckets = new long[length * length];
    for (int query = 0; query < length; query++) {
      for (int key = 0; key < length; key++) {
        buckets[query * length + key] = bucket.applyAsInt(key - query);
      }
    }
    NDArray bias = SafeMath.lookUp(table, step.indices(buckets, length, length)); // (N, N, H)
    return bias.transpose(2, 0, 1).expandDims(0);
  }
}

package io.sidestream.learning.generator;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;

/**
 * The layers of T5 v1.1, each with its norm in front and its residual around. No biases.
 *
 * <p>Letters: B examples, Q queries, T keys, M model dimensions, F feed-forward dimensions, H
 * heads, E dimensions of a head.
 */
record Layers(TrainingStep step, int heads, Dropout dropout) {
  static final double EPSILON = 1e-6;

  /** x (B, Q, M) attends to itself under a bias that broadcasts to (B, H, Q, Q). */
  NDArray selfAttention(String name, NDArray x, NDArray bias) {
    NDArray normed = norm(name + ".norm", x);
    return attention(name, x, normed, normed, bias);
  }

  /** x (B, Q, M) attends to a memory (B, T, M) under a bias that broadcasts to (B, H, Q, T). */
  NDArray crossAttention(String name, NDArray x, NDArray memory, NDArray bias) {
    return attention(name, x, norm(name + ".norm", x), memory, bias);
  }

  private NDArray attention(String name, NDArray x, NDArray normed, NDArray memory, NDArray bias) {
    NDArray query = perHead(normed.matMul(step.weight(name + ".query"))); // (B, H, Q, E)
    NDArray key = perHead(memory.matMul(step.weight(name + ".key"))); // (B, H, T, E)
    NDArray value = perHead(memory.matMul(step.weight(name + ".value"))); // (B, H, T, E)
    NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).add(bias); // (B, H, Q, T)
    NDArray seen = SafeMath.softmax(scores, 3).matMul(value); // (B, H, Q, E)
    NDArray joined = seen.transpose(0, 2, 1, 3).reshape(x.getShape()); // (B, Q, M)
    return x.add(dropout.apply(joined.matMul(step.weight(name + ".out"))));
  }

  private NDArray perHead(NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    return x.reshape(batch, length, heads, -1).transpose(0, 2, 1, 3); // (B, H, T, E)
  }

  /** x (B, Q, M) through a hidden layer of F dimensions that a gate lets pass. */
  NDArray feedForward(String name, NDArray x) {
    NDArray normed = norm(name + ".norm", x);
    NDArray gate = SafeMath.gelu(normed.matMul(step.weight(name + ".gate"))); // (B, Q, F)
    NDArray hidden = gate.mul(normed.matMul(step.weight(name + ".up"))); // (B, Q, F)
    return x.add(dropout.apply(hidden.matMul(step.weight(name + ".down"))));
  }

  NDArray norm(String name, NDArray x) {
    return SafeMath.rootMeanSquareNorm(x, step.weight(name), EPSILON);
  }
}

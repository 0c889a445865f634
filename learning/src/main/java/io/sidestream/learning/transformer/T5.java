package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;

/**
 * Encoder and decoder of a T5 inside one step, from embedded sequences to hidden states: Raffel et
 * al. 2020, arXiv 1910.10683. Each layer has its norm in front and its residual around; no biases.
 *
 * <p>Legend: B sequences, S positions of a prompt, T positions of an answer, M dimensions, H heads,
 * F inner dimensions.
 */
public final class T5 {
  private final TrainingStep step;
  private final T5Shape shape;
  private final Dropout dropout;
  private final Dropout innerDropout;
  private final Attention attention;

  /**
   * @param dropout of what enters a stack, of each layer's result and of what leaves a stack
   * @param innerDropout of attention probabilities and inner feed-forward states
   */
  public T5(TrainingStep step, T5Shape shape, Dropout dropout, Dropout innerDropout) {
    this(step, shape, 1, dropout, innerDropout);
  }

  /**
   * @param divisor of the attention scores
   */
  T5(TrainingStep step, T5Shape shape, double divisor, Dropout dropout, Dropout innerDropout) {
    this.step = step;
    this.shape = shape;
    this.dropout = dropout;
    this.innerDropout = innerDropout;
    this.attention = new Attention(shape.heads(), divisor, innerDropout);
  }

  /**
   * @param x embedded prompts (B, S, M)
   * @param mask of their padding (B, 1, 1, S)
   * @return the memory that the decoder attends to (B, S, M)
   */
  public NDArray encode(NDArray x, NDArray mask) {
    NDArray bias = bias(T5Shape.ENCODER, x).add(mask); // (B, H, S, S)
    NDArray hidden = dropout.apply(x);
    for (int layer = 0; layer < shape.encoderLayers(); layer++) {
      hidden = selfAttention(T5Shape.ENCODER, layer, hidden, bias);
      hidden = feedForward(T5Shape.ENCODER, layer, hidden);
    }
    return dropout.apply(norm(T5Shape.finalNorm(T5Shape.ENCODER), hidden));
  }

  /**
   * @param x embedded answers (B, T, M); each position sees those up to it
   * @param memory (B or 1, S, M)
   * @param mask of the memory's padding (B or 1, 1, 1, S)
   * @return (B, T, M)
   */
  public NDArray decode(NDArray x, NDArray memory, NDArray mask) {
    int length = Math.toIntExact(x.getShape().get(1));
    NDArray bias = bias(T5Shape.DECODER, x).add(Attention.causalMask(step, length)); // (1, H, T, T)
    NDArray hidden = dropout.apply(x);
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      hidden = selfAttention(T5Shape.DECODER, layer, hidden, bias);
      NDArray normed = norm(T5Shape.norm(T5Shape.DECODER, layer, 1), hidden);
      String cross = T5Shape.attention(T5Shape.DECODER, layer, 1);
      hidden = hidden.add(dropout.apply(attend(cross, normed, memory, mask)));
      hidden = feedForward(T5Shape.DECODER, layer, hidden);
    }
    return dropout.apply(norm(T5Shape.finalNorm(T5Shape.DECODER), hidden));
  }

  private NDArray bias(String stack, NDArray x) {
    RelativeBuckets buckets = shape.buckets();
    return Attention.relativeBias(
        step,
        step.weight(T5Shape.positions(stack)),
        Math.toIntExact(x.getShape().get(1)),
        stack.equals(T5Shape.ENCODER) ? buckets::both : buckets::causal);
  }

  NDArray selfAttention(String stack, int layer, NDArray x, NDArray bias) {
    NDArray normed = norm(T5Shape.norm(stack, layer, 0), x);
    String name = T5Shape.attention(stack, layer, 0);
    return x.add(dropout.apply(attend(name, normed, normed, bias)));
  }

  private NDArray attend(String name, NDArray queries, NDArray memory, NDArray bias) {
    NDArray attended =
        attention.of(
            linear(name + ".q.weight", queries),
            linear(name + ".k.weight", memory),
            linear(name + ".v.weight", memory),
            bias); // (B, T, H * E)
    return linear(name + ".o.weight", attended); // (B, T, M)
  }

  NDArray feedForward(String stack, int layer, NDArray x) {
    NDArray normed = norm(T5Shape.norm(stack, layer, T5Shape.feedForwardPart(stack)), x);
    String name = T5Shape.feedForward(stack, layer);
    NDArray inner =
        shape.feedForward().gated()
            ? gate(linear(name + ".wi_0.weight", normed)).mul(linear(name + ".wi_1.weight", normed))
            : SafeMath.relu(linear(name + ".wi.weight", normed)); // (B, T, F)
    NDArray outer = linear(name + ".wo.weight", innerDropout.apply(inner)); // (B, T, M)
    return x.add(dropout.apply(outer));
  }

  private NDArray gate(NDArray x) {
    return shape.feedForward() == T5Shape.FeedForward.GATED_GELU
        ? SafeMath.gelu(x)
        : SafeMath.tanhGelu(x);
  }

  NDArray norm(String name, NDArray x) {
    return SafeMath.rootMeanSquareNorm(x, step.weight(name), shape.epsilon());
  }

  private NDArray linear(String name, NDArray x) {
    NDArray matrix = step.weight(name);
    return x.matMul(shape.transposed() ? matrix.transpose() : matrix);
  }
}

package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;

/**
 * A T5 inside one step: Raffel et al. 2020, arXiv 1910.10683; v1.1's gated GELU is Shazeer's, arXiv
 * 2002.05202.
 *
 * <p>Letters: B sequences, S tokens of a prompt, T tokens of an answer, M dimensions, F inner
 * dimensions, V tokens there are.
 */
final class T5 {
  private final TrainingStep step;
  private final T5Shape shape;
  private final double dropout;
  private final SplittableRandom random;
  private final Attention attention;

  /** One that computes. */
  T5(TrainingStep step, T5Shape shape) {
    this(step, shape, 0, new SplittableRandom(0));
  }

  /** One that learns, forgetting a share. */
  T5(TrainingStep step, T5Shape shape, double dropout, SplittableRandom random) {
    this.step = step;
    this.shape = shape;
    this.dropout = dropout;
    this.random = random;
    this.attention = new Attention(shape.heads(), 1, dropout, random);
  }

  /** What the encoder makes of prompts, shape (B, S, M). */
  NDArray encode(TokenBatch prompts) {
    NDArray table = step.weight(T5Weights.positions(T5Weights.ENCODER));
    NDArray bias =
        Attention.positions(step, table, prompts.length(), shape.buckets()::both)
            .add(prompts.hidden(step)); // (B, H, S, S)
    NDArray x = forget(embed(prompts)); // (B, S, M)
    for (int layer = 0; layer < shape.encoderLayers(); layer++) {
      x = selfAttention(T5Weights.ENCODER, layer, x, bias);
      x = feedForward(T5Weights.ENCODER, layer, x);
    }
    return forget(norm(T5Weights.finalNorm(T5Weights.ENCODER), x));
  }

  /**
   * What the decoder makes of answers, each position knowing those up to it, shape (B, T, M).
   *
   * @param memory shape (B or 1, S, M)
   * @param hidden which positions of the memory are only padding, shape (B or 1, 1, 1, S)
   * @param answers all equally long, the start token first
   */
  NDArray decode(NDArray memory, NDArray hidden, TokenBatch answers) {
    int length = answers.length();
    NDArray table = step.weight(T5Weights.positions(T5Weights.DECODER));
    NDArray bias =
        Attention.positions(step, table, length, shape.buckets()::causal)
            .add(step.floats(future(length), 1, 1, length, length)); // (1, H, T, T)
    NDArray x = forget(embed(answers)); // (B, T, M)
    for (int layer = 0; layer < shape.decoderLayers(); layer++) {
      x = selfAttention(T5Weights.DECODER, layer, x, bias);
      NDArray normed = norm(T5Weights.norm(T5Weights.DECODER, layer, 1), x);
      String cross = T5Weights.attention(T5Weights.DECODER, layer, 1);
      x = x.add(forget(attend(cross, normed, memory, hidden)));
      x = feedForward(T5Weights.DECODER, layer, x);
    }
    return forget(norm(T5Weights.finalNorm(T5Weights.DECODER), x));
  }

  /** Scores of all tokens: (…, M) to (…, V). */
  NDArray logits(NDArray decoded) {
    return shape.tied()
        ? linear(T5Weights.TOKENS, SafeMath.multiply(decoded, Math.pow(shape.dimensions(), -0.5)))
        : linear(T5Weights.OUTPUT, decoded);
  }

  private NDArray embed(TokenBatch tokens) {
    return SafeMath.lookUp(step.weight(T5Weights.TOKENS), tokens.tokens(step));
  }

  private NDArray selfAttention(String stack, int layer, NDArray x, NDArray bias) {
    NDArray normed = norm(T5Weights.norm(stack, layer, 0), x);
    return x.add(forget(attend(T5Weights.attention(stack, layer, 0), normed, normed, bias)));
  }

  private NDArray attend(String name, NDArray queries, NDArray memory, NDArray bias) {
    NDArray seen =
        attention.of(
            linear(name + ".q.weight", queries),
            linear(name + ".k.weight", memory),
            linear(name + ".v.weight", memory),
            bias); // (B, T, H * E)
    return linear(name + ".o.weight", seen); // (B, T, M)
  }

  private NDArray feedForward(String stack, int layer, NDArray x) {
    NDArray normed = norm(T5Weights.norm(stack, layer, T5Weights.feedAt(stack)), x);
    String name = T5Weights.feedForward(stack, layer);
    NDArray inner =
        shape.gated()
            ? tanhGelu(linear(name + ".wi_0.weight", normed))
                .mul(linear(name + ".wi_1.weight", normed))
            : SafeMath.relu(linear(name + ".wi.weight", normed)); // (B, T, F)
    return x.add(forget(linear(name + ".wo.weight", forget(inner)))); // (B, T, M)
  }

  /** {@code gelu_new}, the Gaussian error linear unit by way of tanh. */
  static NDArray tanhGelu(NDArray x) {
    NDArray cube = SafeMath.multiply(x.square().mul(x), 0.044715);
    NDArray tanh = SafeMath.multiply(cube.add(x), Math.sqrt(2 / Math.PI)).tanh();
    return SafeMath.multiply(tanh.mul(x).add(x), 0.5);
  }

  /** Weights lie as [out, in]. */
  private NDArray linear(String weight, NDArray x) {
    return x.matMul(step.weight(weight).transpose());
  }

  private NDArray norm(String weight, NDArray x) {
    return SafeMath.rootMeanSquareNorm(x, step.weight(weight), shape.epsilon());
  }

  private NDArray forget(NDArray x) {
    return SafeMath.dropout(x, dropout, random);
  }

  /** Hides later positions from earlier ones, row-major (T, T). */
  private static float[] future(int length) {
    float[] mask = new float[length * length];
    for (int query = 0; query < length; query++) {
      for (int key = query + 1; key < length; key++) {
        mask[query * length + key] = SafeMath.MASKED;
      }
    }
    return mask;
  }
}

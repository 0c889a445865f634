package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;

/**
 * The encoder of a T5 in which each position sees those up to it, so that each position of a
 * sequence is an example: the state of position t depends on positions 0 to t alone. Attention
 * scores are divided by the root of a head's dimensions.
 *
 * <p>Legend: B sequences, S positions, M dimensions, H heads.
 */
public final class CausalTransformer {
  private final TrainingStep step;
  private final T5Shape shape;
  private final Dropout dropout;
  private final T5 layers;

  /**
   * @param dropout of what enters the first layer and of each layer's result
   */
  public CausalTransformer(TrainingStep step, T5Shape shape, Dropout dropout) {
    this.step = step;
    this.shape = shape;
    this.dropout = dropout;
    this.layers = new T5(step, shape, divisor(shape), dropout, Dropout.NONE);
  }

  /** What attention scores are divided by. */
  public static double divisor(T5Shape shape) {
    return Math.sqrt(shape.headDimensions());
  }

  /**
   * @param x embedded positions (B, S, M); padding comes after all others of its sequence
   * @return states (B, S, M)
   */
  public NDArray states(NDArray x) {
    int length = Math.toIntExact(x.getShape().get(1));
    NDArray bias =
        Attention.relativeBias(
                step,
                step.weight(T5Shape.positions(T5Shape.ENCODER)),
                length,
                shape.buckets()::causal)
            .add(Attention.causalMask(step, length)); // (1, H, S, S)
    NDArray hidden = dropout.apply(x);
    for (int layer = 0; layer < shape.encoderLayers(); layer++) {
      hidden = layers.selfAttention(T5Shape.ENCODER, layer, hidden, bias);
      hidden = layers.feedForward(T5Shape.ENCODER, layer, hidden);
    }
    return layers.norm(T5Shape.finalNorm(T5Shape.ENCODER), hidden);
  }

  /** {@link SafeMath#rootMeanSquareNorm} with the epsilon of these layers. */
  public NDArray norm(String name, NDArray x) {
    return layers.norm(name, x);
  }
}

package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.learning.transformer.T5;
import io.sidestream.learning.transformer.TokenBatch;

/**
 * A T5 from tokens to scores of tokens inside one step.
 *
 * <p>Legend: B sequences, S tokens of a prompt, T tokens of an answer, M dimensions, V tokens of
 * the vocabulary.
 */
final class T5Model {
  private final TrainingStep step;
  private final T5Config config;
  private final T5 stacks;

  T5Model(TrainingStep step, T5Config config, Dropout dropout) {
    this.step = step;
    this.config = config;
    this.stacks = new T5(step, config.shape(), dropout, dropout);
  }

  /** The memory of prompts, shape (B, S, M). */
  NDArray encode(TokenBatch prompts) {
    return stacks.encode(embed(prompts), prompts.attentionMask(step));
  }

  /**
   * Hidden states of answers, each position seeing those up to it, shape (B, T, M).
   *
   * @param memory shape (B or 1, S, M)
   * @param mask of the memory's padding, shape (B or 1, 1, 1, S)
   * @param answers all equally long, the start token first
   */
  NDArray decode(NDArray memory, NDArray mask, TokenBatch answers) {
    return stacks.decode(embed(answers), memory, mask);
  }

  /** Scores of all tokens: (…, M) to (…, V). */
  NDArray logits(NDArray decoded) {
    NDArray scaled =
        config.scaled()
            ? SafeMath.multiply(decoded, Math.pow(config.shape().dimensions(), -0.5))
            : decoded;
    return product(scaled, config.tied() ? T5Weights.TOKENS : T5Weights.OUTPUT);
  }

  private NDArray product(NDArray x, String table) {
    return x.matMul(step.weight(table).transpose());
  }

  private NDArray embed(TokenBatch tokens) {
    return SafeMath.lookUp(step.weight(T5Weights.TOKENS), tokens.tokens(step));
  }
}

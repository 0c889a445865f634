package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.List;

/**
 * Answers of a batch by teacher forcing: what the decoder is told and what it should say.
 *
 * <p>Letters: B answers, T tokens of each, V tokens there are.
 *
 * @param told the start token, then all but the last
 * @param said row-major (B, T)
 */
record DecoderTargets(TokenBatch told, long[] said) {
  /**
   * @param answers tokens of each, all equally many
   */
  static DecoderTargets of(List<long[]> answers, int startToken) {
    List<long[]> told = answers.stream().map(answer -> shifted(answer, startToken)).toList();
    long[] said = answers.stream().flatMapToLong(Arrays::stream).toArray();
    return new DecoderTargets(TokenBatch.of(told, startToken), said);
  }

  private static long[] shifted(long[] answer, int startToken) {
    long[] told = new long[answer.length];
    told[0] = startToken;
    System.arraycopy(answer, 0, told, 1, answer.length - 1);
    return told;
  }

  /** Scores of all tokens at each position, shape (B, T, V). */
  NDArray logits(T5 model, TrainingStep step, TokenBatch prompts) {
    NDArray memory = model.encode(prompts);
    return model.logits(model.decode(memory, prompts.hidden(step), told));
  }

  /** Mean cross-entropy of what should be said, shape (). */
  NDArray loss(T5 model, TrainingStep step, TokenBatch prompts) {
    NDArray logits = logits(model, step, prompts); // (B, T, V)
    float[] weights = new float[said.length];
    Arrays.fill(weights, 1);
    return SafeMath.crossEntropy(
        logits.reshape(said.length, -1), // (B * T, V)
        step.indices(said, said.length),
        step.floats(weights, said.length));
  }
}

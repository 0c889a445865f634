package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Answers of a batch for teacher forcing: the decoder's inputs and its labels. Arrays are not
 * copied: a batch lives for one step.
 *
 * <p>Legend: B answers, T tokens of each, V tokens of the vocabulary.
 *
 * @param inputs the start token, then all tokens but the last
 * @param labels all tokens, row-major (B, T)
 */
record DecoderTargets(TokenBatch inputs, long[] labels) {
  /**
   * @param answers tokens of each, all equally many
   */
  static DecoderTargets of(List<long[]> answers, int startToken) {
    List<long[]> inputs = answers.stream().map(answer -> shifted(answer, startToken)).toList();
    long[] labels = answers.stream().flatMapToLong(Arrays::stream).toArray();
    return new DecoderTargets(TokenBatch.of(inputs, startToken), labels);
  }

  private static long[] shifted(long[] answer, int startToken) {
    long[] inputs = new long[answer.length];
    inputs[0] = startToken;
    System.arraycopy(answer, 0, inputs, 1, answer.length - 1);
    return inputs;
  }

  /** Scores of all tokens at each position, shape (B, T, V). */
  NDArray logits(T5Model model, TrainingStep step, TokenBatch prompts) {
    NDArray memory = model.encode(prompts);
    return model.logits(model.decode(memory, prompts.attentionMask(step), inputs));
  }

  /** Mean cross-entropy of the labels, shape (). */
  NDArray loss(T5Model model, TrainingStep step, TokenBatch prompts) {
    NDArray logits = logits(model, step, prompts); // (B, T, V)
    float[] weights = new float[labels.length];
    Arrays.fill(weights, 1);
    return SafeMath.crossEntropy(
        logits.reshape(labels.length, -1), // (B * T, V)
        step.indices(labels, labels.length),
        step.floats(weights, labels.length));
  }
}

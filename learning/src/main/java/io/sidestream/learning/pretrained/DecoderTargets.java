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
 * @param weights how much each of them counts, above 0
 */
record DecoderTargets(TokenBatch inputs, long[] labels, float[] weights) {
  /** Answers that count alike. */
  static DecoderTargets of(List<long[]> answers, int startToken) {
    float[] weights = new float[answers.size()];
    Arrays.fill(weights, 1);
    return of(answers, weights, startToken);
  }

  /**
   * @param answers tokens of each, all equally many
   * @param weights of each, above 0
   */
  static DecoderTargets of(List<long[]> answers, float[] weights, int startToken) {
    List<long[]> inputs = answers.stream().map(answer -> shifted(answer, startToken)).toList();
    long[] labels = answers.stream().flatMapToLong(Arrays::stream).toArray();
    float[] ofLabels = new float[labels.length];
    int tokens = answers.get(0).length;
    for (int i = 0; i < ofLabels.length; i++) {
      ofLabels[i] = weights[i / tokens];
    }
    return new DecoderTargets(TokenBatch.of(inputs, startToken), labels, ofLabels);
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

  /** Weighted mean of the labels' cross-entropy, shape (). */
  NDArray loss(T5Model model, TrainingStep step, TokenBatch prompts) {
    NDArray logits = logits(model, step, prompts); // (B, T, V)
    return SafeMath.crossEntropy(
        logits.reshape(labels.length, -1), // (B * T, V)
        step.indices(labels, labels.length),
        step.floats(weights, labels.length));
  }
}

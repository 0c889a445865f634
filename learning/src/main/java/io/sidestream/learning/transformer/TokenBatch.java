package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.List;

/**
 * Token sequences padded to the longest. Arrays are not copied: a batch lives for one step.
 *
 * <p>Legend: B sequences, S tokens of the longest.
 *
 * @param ids row-major (B, S)
 * @param lengths (B)
 * @param length S
 */
public record TokenBatch(long[] ids, int[] lengths, int length) {
  public static TokenBatch of(List<long[]> sequences, long padding) {
    int[] lengths = sequences.stream().mapToInt(sequence -> sequence.length).toArray();
    int length = Arrays.stream(lengths).max().orElseThrow();
    long[] ids = new long[lengths.length * length];
    Arrays.fill(ids, padding);
    for (int row = 0; row < lengths.length; row++) {
      System.arraycopy(sequences.get(row), 0, ids, row * length, lengths[row]);
    }
    return new TokenBatch(ids, lengths, length);
  }

  /** B. */
  public int size() {
    return lengths.length;
  }

  /** Shape (B, S). */
  public NDArray tokens(TrainingStep step) {
    return step.indices(ids, size(), length);
  }

  /** Added to attention scores: 0 for a token, masked for padding. Shape (B, 1, 1, S). */
  public NDArray attentionMask(TrainingStep step) {
    return step.floats(filled(0, SafeMath.MASKED), size(), 1, 1, length);
  }

  /** 1 for a token, 0 for padding. Shape (B, S, 1). */
  public NDArray present(TrainingStep step) {
    return step.floats(filled(1, 0), size(), length, 1);
  }

  private float[] filled(float token, float padding) {
    float[] values = new float[ids.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % length < lengths[i / length] ? token : padding;
    }
    return values;
  }
}

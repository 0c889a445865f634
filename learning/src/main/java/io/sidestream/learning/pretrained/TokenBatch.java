package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.List;

/**
 * Token sequences side by side, padded to the longest.
 *
 * <p>Letters: B sequences, S tokens of the longest.
 *
 * @param ids row-major (B, S)
 * @param lengths (B)
 * @param length S
 */
record TokenBatch(long[] ids, int[] lengths, int length) {
  static TokenBatch of(List<long[]> sequences, long padding) {
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
  int size() {
    return lengths.length;
  }

  /** Shape (B, S). */
  NDArray tokens(TrainingStep step) {
    return step.indices(ids, size(), length);
  }

  /** Added to attention scores: 0 where a token is. Shape (B, 1, 1, S). */
  NDArray hidden(TrainingStep step) {
    return step.floats(filled(0, SafeMath.MASKED), size(), 1, 1, length);
  }

  /** 1 where a token is, else 0. Shape (B, S, 1). */
  NDArray present(TrainingStep step) {
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

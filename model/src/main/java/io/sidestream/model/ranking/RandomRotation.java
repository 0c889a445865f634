package io.sidestream.model.ranking;

import java.util.Arrays;
import java.util.SplittableRandom;

/** An orthogonal map that spreads a vector evenly over its dimensions. Immutable. */
final class RandomRotation {
  /*
   * Random signs, then a Walsh-Hadamard transform, twice: as good as a random rotation for signs
   * [1], at D log D instead of D^2 additions. Vectors are filled with zeros to a power of two. The
   * signs are the same in every process, so that answers are.
   *
   * [1] Andoni et al. 2015, Practical and optimal LSH for angular distance, arXiv 1509.02897
   */
  private static final int ROUNDS = 2;
  private static final long SEED = 1;

  private final int size;
  private final float[][] signs; // [round][dimension], of length 1 / sqrt(size)

  RandomRotation(int dimensions) {
    this.size = Math.max(Long.SIZE, Integer.highestOneBit(Math.max(1, 2 * dimensions - 1)));
    this.signs = new float[ROUNDS][size];
    SplittableRandom random = new SplittableRandom(SEED);
    float length = (float) (1 / Math.sqrt(size));
    for (float[] ofRound : signs) {
      for (int d = 0; d < size; d++) {
        ofRound[d] = random.nextBoolean() ? length : -length;
      }
    }
  }

  /** Dimensions of a turned vector: a power of two, at least 64. */
  int size() {
    return size;
  }

  /** The turned vector, of length {@link #size}. */
  float[] of(float[] vector) {
    float[] turned = Arrays.copyOf(vector, size);
    for (float[] ofRound : signs) {
      for (int d = 0; d < size; d++) {
        turned[d] *= ofRound[d];
      }
      transform(turned);
    }
    return turned;
  }

  private static void transform(float[] values) {
    for (int half = 1; half < values.length; half *= 2) {
      for (int from = 0; from < values.length; from += 2 * half) {
        for (int at = from; at < from + half; at++) {
          float one = values[at];
          float other = values[at + half];
          values[at] = one + other;
          values[at + half] = one - other;
        }
      }
    }
  }
}

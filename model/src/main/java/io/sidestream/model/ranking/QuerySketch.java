package io.sidestream.model.ranking;

/** A turned query in four bits a dimension: inner products with signs by counting bits. */
final class QuerySketch {
  /*
   * x_j is low + step * u_j, u_j in [0, 15]; planes[b] has bit b of each u_j. Of a row's signs s_j
   * in {-1, 1}, with ones where s_j is 1: the sum of s_j x_j is twice that over the ones, less that
   * over all; over the ones it is low * count(ones) + step * Σ_b 2^b count(ones & planes[b]) [1].
   *
   * [1] Gao and Long 2024, RaBitQ, arXiv 2405.12497, section 3.3
   */
  private static final int BITS = 4;
  private static final int MOST = (1 << BITS) - 1;

  private final long[] planes; // [bit * words + word]
  private final int words;
  private final float low;
  private final float step;
  private final float sum; // of all x_j

  /**
   * @param turned a multiple of 64 numbers
   */
  QuerySketch(float[] turned) {
    this.words = turned.length / Long.SIZE;
    this.planes = new long[BITS * words];
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : turned) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    this.low = least;
    this.step = (largest - least) / MOST;
    int total = 0;
    for (int j = 0; j < turned.length; j++) {
      int unit = step == 0 ? 0 : Math.round((turned[j] - low) / step);
      total += unit;
      for (int bit = 0; bit < BITS; bit++) {
        planes[bit * words + j / Long.SIZE] |= (long) (unit >> bit & 1) << j;
      }
    }
    this.sum = low * turned.length + step * total;
  }

  /** The inner product with the signs from {@code from} on, a set bit for 1, others for -1. */
  float dot(long[] signs, int from) {
    int ones = 0;
    int units = 0;
    for (int word = 0; word < words; word++) {
      long set = signs[from + word];
      ones += Long.bitCount(set);
      units +=
          Long.bitCount(set & planes[word])
              + 2 * Long.bitCount(set & planes[words + word])
              + 4 * Long.bitCount(set & planes[2 * words + word])
              + 8 * Long.bitCount(set & planes[3 * words + word]);
    }
    return 2 * (low * ones + step * units) - sum;
  }
}

package io.sidestream.model.codes;

import java.util.Arrays;

/** How evenly codes are used. */
public final class Perplexity {
  private Perplexity() {}

  /**
   * Exponential of the entropy of code use: 1 where one code is used, K where K are alike.
   *
   * @param uses of each code, shape [code]; 0 where none is used
   */
  public static double of(int[] uses) {
    long all = Arrays.stream(uses).asLongStream().sum();
    double entropy = 0;
    for (int count : uses) {
      double share = (double) count / all;
      entropy -= count == 0 ? 0 : share * Math.log(share);
    }
    return all == 0 ? 0 : Math.exp(entropy);
  }

  /** The same as a share of what it is at most, in [0, 1]: 1 where all are alike. */
  public static double relative(int[] uses) {
    long all = Arrays.stream(uses).asLongStream().sum();
    // a sum of logarithms rounds: 12 codes used once each have 12.000000000000011
    return all == 0 ? 0 : Math.min(1, of(uses) / Math.min(uses.length, all));
  }
}

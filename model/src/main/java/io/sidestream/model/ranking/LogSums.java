package io.sidestream.model.ranking;

import java.util.Arrays;

/** log Σ exp, without overflow. */
final class LogSums {
  private LogSums() {}

  /** Of some numbers, at least one; their order makes no difference. */
  static double of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted); // the order of summation does not depend on row numbers
    double largest = sorted[sorted.length - 1];
    double sum = 0;
    for (double number : sorted) {
      sum += Math.exp(number - largest);
    }
    return largest + Math.log(sum);
  }
}

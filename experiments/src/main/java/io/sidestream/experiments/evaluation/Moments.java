package io.sidestream.experiments.evaluation;

import java.util.Arrays;

/**
 * Mean and spread of a sample.
 *
 * @param mean NaN of an empty sample
 * @param deviation with n - 1 below the sum of squares; NaN below two values
 */
record Moments(double mean, double deviation, int n) {
  static Moments of(double[] values) {
    double mean = values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new Moments(mean, deviation, values.length);
  }

  double standardError() {
    return deviation / Math.sqrt(n);
  }
}

package io.sidestream.experiments.evaluation;

import java.util.Arrays;

/**
 * The mean of a sample, such as a metric over cases or over seeds.
 *
 * @param mean NaN of an empty sample
 * @param deviation with n - 1 below the sum of squares; NaN below two values
 * @param n number of values
 */
public record MeanEstimate(double mean, double deviation, int n) {
  /** The mean of these values. */
  public static MeanEstimate of(double[] values) {
    double mean = values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new MeanEstimate(mean, deviation, values.length);
  }

  /** Of the mean, by the sample's deviation; NaN below two values. */
  public double standardError() {
    return deviation / Math.sqrt(n);
  }
}

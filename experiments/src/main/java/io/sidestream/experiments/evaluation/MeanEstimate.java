package io.sidestream.experiments.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean of a sample, such as a metric over cases or over seeds.
 *
 * @param mean NaN of an empty sample
 * @param deviation of single values, with n - 1 below the sum of squares; NaN below two values
 * @param standardError of the mean; NaN below two clusters
 * @param clusters number of parts of the sample that are independent of each other; of values that
 *     all are, their number
 */
public record MeanEstimate(double mean, double deviation, double standardError, int clusters) {
  /** The mean of independent values. */
  public static MeanEstimate of(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new MeanEstimate(mean, deviation, deviation / Math.sqrt(values.length), values.length);
  }

  /**
   * The mean of values of which some belong together: the error is that of sums over clusters [1],
   * and without any two of one cluster that of independent values.
   *
   * <p>[1] Cameron, Miller 2015, A practitioner's guide to cluster-robust inference, Journal of
   * Human Resources 50, 317–372, with the factor G / (G − 1)
   *
   * @param clusters of each value; equal ones belong together
   */
  static MeanEstimate of(double[] values, List<?> clusters) {
    MeanEstimate plain = of(values);
    Map<Object, Double> sums = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      sums.merge(clusters.get(i), values[i] - plain.mean(), Double::sum);
    }
    return new MeanEstimate(
        plain.mean(), plain.deviation(), standardError(sums.values(), values.length), sums.size());
  }

  private static double standardError(Collection<Double> sums, int values) {
    int clusters = sums.size();
    double squares = sums.stream().mapToDouble(sum -> sum * sum).sum();
    return clusters < 2 ? Double.NaN : Math.sqrt(squares * clusters / (clusters - 1)) / values;
  }

  private static double mean(double[] values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
  }
}

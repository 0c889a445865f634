package io.sidestream.experiments.evaluation;

/**
 * A mean over cases.
 *
 * @param mean NaN when there are no cases
 * @param standardError of the mean, by the sample's deviation; NaN below two cases
 */
public record MeanEstimate(double mean, double standardError, int cases) {
  /** The mean of these values, one for each case. */
  public static MeanEstimate of(double[] values) {
    Moments moments = Moments.of(values);
    return new MeanEstimate(moments.mean(), moments.standardError(), values.length);
  }
}

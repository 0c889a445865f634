package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/** The bars of one colour: values[bar]. */
public record BarSeries(String name, List<Double> values) {
  private static final int TICKS = 5;

  public BarSeries {
    ReportLimits.checkName("name of a series", name);
    values.forEach(value -> ReportLimits.checkFinite("value of " + name, value));
    values = List.copyOf(values);
  }

  static List<BarSeries> checked(String title, List<String> bars, List<BarSeries> series) {
    ReportLimits.checkCount("bars in " + title, bars.size(), 1, ReportLimits.MAX_NAMED);
    ReportLimits.checkCount("series in " + title, series.size(), 1, ReportLimits.MAX_NAMED);
    ReportLimits.checkDistinct("bars in " + title, bars);
    ReportLimits.checkDistinct("series in " + title, series.stream().map(BarSeries::name).toList());
    bars.forEach(bar -> ReportLimits.checkName("name of a bar", bar));
    for (BarSeries one : series) {
      check(
          one.values().size() == bars.size(),
          "%s: %s has %d values, expected %d",
          title,
          one.name(),
          one.values().size(),
          bars.size());
    }
    return List.copyOf(series);
  }

  /** A scale of the bars' lengths, on which all start at zero. */
  static Scale scale(List<BarSeries> series, double from, double to) {
    DoubleSummaryStatistics all =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    return Scale.withZero(all.getMin(), all.getMax(), TICKS, from, to);
  }
}

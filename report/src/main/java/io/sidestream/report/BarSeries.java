package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.Collections;
import java.util.List;

/** The bars of one colour: values[bar], and half the length of each error bar, 0 for none. */
public record BarSeries(String name, List<Double> values, List<Double> errors) {
  public BarSeries {
    ReportLimits.checkName("name of a series", name);
    check(
        values.size() == errors.size(),
        "%s has %d values and %d errors",
        name,
        values.size(),
        errors.size());
    values.forEach(value -> ReportLimits.checkFinite("value of " + name, value));
    errors.forEach(error -> ReportLimits.checkSpread("error of " + name, error));
    values = List.copyOf(values);
    errors = List.copyOf(errors);
  }

  /** Bars without error bars. */
  public static BarSeries of(String name, List<Double> values) {
    return new BarSeries(name, values, Collections.nCopies(values.size(), 0.0));
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
}

package io.sidestream.report;

import java.util.List;

/** The names in a chart that have a colour. */
final class ChartNames implements Chart.Fold<List<String>> {
  @Override
  public List<String> scatter(Scatter chart) {
    return chart.marks().stream().map(Scatter.Mark::name).toList();
  }

  @Override
  public List<String> space(Space chart) {
    return chart.groups().stream().map(Space.Group::name).toList();
  }

  @Override
  public List<String> lines(Lines chart) {
    return chart.series().stream().map(Series::name).toList();
  }

  @Override
  public List<String> bars(Bars chart) {
    return chart.series().size() == 1 ? chart.bars() : of(chart.series());
  }

  @Override
  public List<String> histogram(Histogram chart) {
    return of(chart.series());
  }

  private static List<String> of(List<BarSeries> series) {
    return series.stream().map(BarSeries::name).toList();
  }
}

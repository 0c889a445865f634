package io.sidestream.report;

import java.util.List;

/** Horizontal bars, one or more per name, such as the perplexity of codes per quantizer. */
public record Bars(
    String title, String caption, Axis value, List<String> bars, List<BarSeries> series)
    implements Chart {
  public Bars {
    ReportLimits.checkName("title of a chart", title);
    ReportLimits.checkText("caption of " + title, caption);
    value.checkLinear();
    series = BarSeries.checked(title, bars, series);
    bars = List.copyOf(bars);
  }

  @Override
  public List<String> names() {
    return series.size() == 1 ? bars : series.stream().map(BarSeries::name).toList();
  }

  @Override
  public <T> T fold(Fold<T> cases) {
    return cases.bars(this);
  }
}

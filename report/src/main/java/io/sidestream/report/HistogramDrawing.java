package io.sidestream.report;

/** Draws vertical bars, those of one bin side by side. */
final class HistogramDrawing {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 340;
  private static final double GAP = 0.25; // of a bin

  private HistogramDrawing() {}

  static String draw(Histogram chart, Palette palette, String name) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    int bins = chart.bins().size();
    Scale y = BarSeries.scale(chart.series(), HEIGHT - PlotFrame.BOTTOM, PlotFrame.TOP);
    Scale x = new Scale(0, bins, 1, PlotFrame.left(y), WIDTH - 18, false);
    PlotFrame frame = new PlotFrame(x, y);
    frame.yTicks(svg);
    frame.names(svg, chart.x(), chart.y());
    for (int bin = 0; bin < bins; bin++) {
      bars(svg, chart, palette, frame, bin);
    }
    svg.line("axis", frame.x().from(), frame.y().at(0), frame.x().to(), frame.y().at(0));
    return svg.named(name);
  }

  private static void bars(Svg svg, Histogram chart, Palette palette, PlotFrame frame, int bin) {
    int count = chart.series().size();
    for (int i = 0; i < count; i++) {
      BarSeries series = chart.series().get(i);
      double value = series.values().get(bin);
      double left = frame.x().at(bin + GAP / 2 + i * (1 - GAP) / count);
      double right = frame.x().at(bin + GAP / 2 + (i + 1) * (1 - GAP) / count);
      double top = Math.min(frame.y().at(0), frame.y().at(value));
      double height = Math.abs(frame.y().at(value) - frame.y().at(0));
      String hover =
          chart.bins().get(bin) + ", " + series.name() + ": " + Decimals.significant(value);
      svg.rectangle(
          "bar " + palette.colour(series.name()), left, top, right - left - .6, height, hover);
    }
    double room = frame.x().at(1) - frame.x().at(0);
    svg.text(
        "tick",
        Svg.Anchor.MIDDLE,
        frame.x().at(bin + 0.5),
        frame.y().from() + 18,
        TextWidth.cut(chart.bins().get(bin), room));
  }
}

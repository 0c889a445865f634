package io.sidestream.report;

/** Draws horizontal bars, each with its number at its end. */
final class BarsDrawing {
  private static final double WIDTH = 560;
  private static final double WIDEST_NAME = 210;
  private static final double NUMBER = 62;
  private static final double THICK = 16;
  private static final double GAP = 10;
  private static final double TOP = 8;
  private static final double BOTTOM = 50;

  private final Bars chart;
  private final Palette palette;
  private final Svg svg;
  private final Scale scale;
  private final int decimals;

  private BarsDrawing(Bars chart, Palette palette) {
    this.chart = chart;
    this.palette = palette;
    this.svg = new Svg(WIDTH, TOP + chart.bars().size() * blockHeight(chart) + BOTTOM);
    this.decimals =
        Decimals.significantDecimals(
            chart.series().stream().flatMap(series -> series.values().stream()).toList());
    double widest = chart.bars().stream().mapToDouble(TextWidth::of).max().orElse(0);
    double left = 12 + Math.min(WIDEST_NAME, widest);
    this.scale = BarSeries.scale(chart.series(), left, WIDTH - NUMBER);
  }

  private static double blockHeight(Bars chart) {
    return chart.series().size() * THICK + GAP;
  }

  static String draw(Bars chart, Palette palette, String name) {
    BarsDrawing drawing = new BarsDrawing(chart, palette);
    drawing.grid();
    for (int bar = 0; bar < chart.bars().size(); bar++) {
      drawing.block(bar);
    }
    return drawing.svg.named(name);
  }

  private void grid() {
    double floor = svg.height() - BOTTOM;
    for (double tick : scale.ticks()) {
      svg.line("grid", scale.at(tick), TOP, scale.at(tick), floor);
      svg.text("tick", Svg.Anchor.MIDDLE, scale.at(tick), floor + 18, scale.label(tick));
    }
    svg.line("axis", scale.at(0), TOP, scale.at(0), floor);
    double middle = (scale.from() + scale.to()) / 2;
    svg.text("axisname", Svg.Anchor.MIDDLE, middle, floor + 40, PlotFrame.named(chart.value()));
  }

  private void block(int bar) {
    double top = TOP + bar * blockHeight(chart) + GAP / 2;
    double middle = top + chart.series().size() * THICK / 2;
    String name = TextWidth.cut(chart.bars().get(bar), WIDEST_NAME);
    svg.text("name", Svg.Anchor.END, scale.from() - 7, middle + 4, name);
    for (int i = 0; i < chart.series().size(); i++) {
      bar(chart.series().get(i), bar, top + i * THICK);
    }
  }

  private void bar(BarSeries series, int bar, double top) {
    double value = series.values().get(bar);
    double start = Math.min(scale.at(0), scale.at(value));
    double length = Math.abs(scale.at(value) - scale.at(0));
    String measured = Decimals.significant(value);
    String of = chart.series().size() == 1 ? chart.bars().get(bar) : series.name();
    svg.rectangle(
        "bar " + palette.colour(of),
        start,
        top + 1,
        length,
        THICK - 2,
        chart.bars().get(bar) + ", " + series.name() + ": " + measured);
    double middle = top + THICK / 2;
    double end = Math.max(scale.at(0), scale.at(value));
    String number = Html.sign(Decimals.print(value, decimals));
    svg.text("small", Svg.Anchor.START, end + 5, middle + 4, number);
  }
}

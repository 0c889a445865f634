package io.sidestream.report;

import java.util.ArrayList;
import java.util.List;

/** A chart as a figure: its title, the picture, a legend where it needs one, and the caption. */
final class FigureHtml implements Chart.Fold<String> {
  private final Palette palette;
  private final String number;

  private FigureHtml(Palette palette, String number) {
    this.palette = palette;
    this.number = number;
  }

  /**
   * The figure.
   *
   * @param number how the text refers to it, such as "Figure 3"
   */
  static String of(Chart chart, Palette palette, String number) {
    return chart.fold(new FigureHtml(palette, number));
  }

  @Override
  public String scatter(Scatter chart) {
    List<String> entries = new ArrayList<>();
    List<Point> front = ScatterDrawing.front(chart);
    for (Scatter.Mark mark : chart.marks()) {
      String name = Html.escape(mark.name());
      boolean onFront = front.contains(ScatterDrawing.place(mark));
      String path = palette.shape(mark.name()).path(13, 8, ScatterDrawing.MARK);
      entries.add(
          swatch(path, "mark " + palette.colour(mark.name()))
              + (onFront ? "<b>" + name + "</b>" : name));
    }
    if (chart.front()) {
      entries.add(swatch("M1 8H25", "front") + "Pareto front, its points in bold");
    }
    return figure(
        chart, ScatterDrawing.draw(chart, palette, aria(chart, "scatter")), list(entries));
  }

  @Override
  public String space(Space chart) {
    List<String> groups = new ArrayList<>();
    for (Space.Group group : chart.groups()) {
      String count = Decimals.print(group.points().size(), 0);
      groups.add(block(group.name()) + Html.escape(group.name() + " (" + count + ")"));
    }
    return figure(chart, SpaceDrawing.draw(chart, palette, aria(chart, "map")), list(groups));
  }

  @Override
  public String lines(Lines chart) {
    List<String> curves = new ArrayList<>();
    for (Series series : chart.series()) {
      String look = LinesDrawing.look(chart, series, palette);
      curves.add(swatch("M1 8H25", "curve " + look) + Html.escape(series.name()));
    }
    return figure(
        chart, LinesDrawing.draw(chart, palette, aria(chart, "line chart")), list(curves));
  }

  @Override
  public String bars(Bars chart) {
    String picture = BarsDrawing.draw(chart, palette, aria(chart, "bar chart"));
    return figure(chart, picture, legend(chart.series()));
  }

  @Override
  public String histogram(Histogram chart) {
    String picture = HistogramDrawing.draw(chart, palette, aria(chart, "histogram"));
    return figure(chart, picture, legend(chart.series()));
  }

  private String legend(List<BarSeries> series) {
    return series.size() < 2
        ? ""
        : list(series.stream().map(s -> block(s.name()) + Html.escape(s.name())).toList());
  }

  private String block(String name) {
    return swatch("M7 3h12v10h-12z", "bar " + palette.colour(name));
  }

  private static String swatch(String path, String classes) {
    return "<svg class=\"swatch\" viewBox=\"0 0 26 16\" aria-hidden=\"true\"><path class=\""
        + classes
        + "\" d=\""
        + path
        + "\"/></svg>";
  }

  private static String list(List<String> entries) {
    return entries.isEmpty()
        ? ""
        : "<ul class=\"legend\">\n<li>" + String.join("</li>\n<li>", entries) + "</li>\n</ul>\n";
  }

  private static String aria(Chart chart, String kind) {
    String names = String.join("; ", chart.names());
    return chart.title() + ", " + kind + " of " + names;
  }

  private String figure(Chart chart, String picture, String legend) {
    String caption = chart.caption().isBlank() ? "" : " " + Html.escape(chart.caption());
    return "<figure>\n"
        + picture
        + legend
        + "<figcaption><b>"
        + Html.escape(number)
        + ". "
        + Html.escape(chart.title())
        + ".</b>"
        + caption
        + "</figcaption>\n</figure>\n";
  }
}

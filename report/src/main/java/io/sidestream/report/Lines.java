package io.sidestream.report;

import static io.sidestream.report.Checks.check;
import static io.sidestream.report.ReportLimits.MAX_NAMED;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Curves over one scale: losses over steps, or how often each code is used. */
public record Lines(String title, String caption, Axis x, Axis y, List<Series> series)
    implements Chart {
  public Lines {
    ReportLimits.checkName("title of a chart", title);
    ReportLimits.checkText("caption of " + title, caption);
    x.checkLinear();
    ReportLimits.checkCount("series in " + title, series.size(), 1, MAX_NAMED);
    ReportLimits.checkDistinct("series in " + title, series.stream().map(Series::name).toList());
    for (Series curve : series) {
      double least = curve.points().stream().mapToDouble(Point::y).min().orElseThrow();
      checkFits(y, curve.name(), least);
    }
    series = List.copyOf(series);
  }

  private static void checkFits(Axis y, String name, double least) {
    check(
        !y.logarithmic() || least > 0,
        "%s falls to %s, which a logarithmic axis cannot show",
        name,
        least);
  }

  /**
   * How often codes are used, most used first; a curve ends where codes are not used at all.
   *
   * @param items for each level or scheme: items[code], how many items have the code
   */
  public static Lines ofCodeUsage(String title, String caption, Map<String, int[]> items) {
    return new Lines(
        title,
        caption,
        Axis.neutral("codes, most used first"),
        Axis.neutral("items per code").onLogScale(),
        items.entrySet().stream()
            .map(entry -> Series.of(entry.getKey(), falling(entry.getValue())))
            .toList());
  }

  private static double[] falling(int[] counts) {
    return Arrays.stream(counts)
        .filter(count -> count != 0)
        .mapToDouble(count -> -count)
        .sorted()
        .map(count -> -count)
        .toArray();
  }

  @Override
  public List<String> names() {
    return series.stream().map(Series::name).toList();
  }

  @Override
  public <T> T fold(Fold<T> cases) {
    return cases.lines(this);
  }
}

package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Vertical bars over bins in order, such as how many items share an ID with how many others. */
public record Histogram(
    String title, String caption, Axis x, Axis y, List<String> bins, List<BarSeries> series)
    implements Chart {
  /** The bin of all sizes above 128. */
  private static final int LAST_BIN = 8;

  public Histogram {
    ReportLimits.checkName("title of a chart", title);
    ReportLimits.checkText("caption of " + title, caption);
    x.checkLinear();
    y.checkLinear();
    series = BarSeries.checked(title, bins, series);
    bins = List.copyOf(bins);
  }

  /**
   * The share of items in buckets of each size, in bins 1, 2, 3–4, 5–8, … of doubling width, the
   * last of which is open.
   *
   * @param buckets for each scheme: how many items have each ID in use, all at least 1
   */
  public static Histogram ofCollisions(String title, String caption, Map<String, int[]> buckets) {
    int bins = 1;
    for (int[] sizes : buckets.values()) {
      for (int size : sizes) {
        bins = Math.max(bins, bin(size) + 1);
      }
    }
    List<BarSeries> series = new ArrayList<>();
    for (Map.Entry<String, int[]> scheme : buckets.entrySet()) {
      series.add(new BarSeries(scheme.getKey(), shares(scheme.getValue(), bins)));
    }
    return new Histogram(
        title,
        caption,
        Axis.neutral("items on the same ID"),
        Axis.neutral("share of items"),
        binNames(bins),
        series);
  }

  private static List<Double> shares(int[] sizes, int bins) {
    double[] items = new double[bins];
    long all = 0;
    for (int size : sizes) {
      items[bin(size)] += size;
      all += size;
    }
    List<Double> shares = new ArrayList<>();
    for (double inBin : items) {
      shares.add(inBin / all);
    }
    return shares;
  }

  /** The bin of a size: 1 → 0, 2 → 1, 3 and 4 → 2, 5 to 8 → 3. */
  private static int bin(int size) {
    check(size >= 1, "bucket of size %d, expected at least 1", size);
    return Math.min(LAST_BIN, 32 - Integer.numberOfLeadingZeros(size - 1));
  }

  private static List<String> binNames(int bins) {
    List<String> names = new ArrayList<>(List.of("1"));
    for (int bin = 1; bin < bins; bin++) {
      long low = (1L << (bin - 1)) + 1;
      long high = 1L << bin;
      names.add(bin == LAST_BIN ? low + "+" : low == high ? "" + low : low + "–" + high);
    }
    return names;
  }

  @Override
  public List<String> names() {
    return series.stream().map(BarSeries::name).toList();
  }

  @Override
  public <T> T fold(Fold<T> cases) {
    return cases.histogram(this);
  }
}

package io.sidestream.report;

import java.util.ArrayList;
import java.util.Arrays;
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
   * @param ids for each scheme: how many IDs n items share, shape [n - 1]
   */
  public static Histogram ofCollisions(String title, String caption, Map<String, int[]> ids) {
    int largest = ids.values().stream().mapToInt(counts -> counts.length).max().orElse(1);
    int bins = bin(Math.max(1, largest)) + 1;
    List<BarSeries> series = new ArrayList<>();
    for (Map.Entry<String, int[]> scheme : ids.entrySet()) {
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

  private static List<Double> shares(int[] ids, int bins) {
    double[] items = new double[bins];
    for (int size = 1; size <= ids.length; size++) {
      items[bin(size)] += (double) size * ids[size - 1];
    }
    double all = Arrays.stream(items).sum();
    return Arrays.stream(items).mapToObj(inBin -> inBin / all).toList();
  }

  /** The bin of a size: 1 → 0, 2 → 1, 3 and 4 → 2, 5 to 8 → 3. */
  private static int bin(int size) {
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

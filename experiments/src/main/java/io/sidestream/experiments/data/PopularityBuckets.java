package io.sidestream.experiments.data;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The band of each item. Immutable. */
public final class PopularityBuckets {
  /*
   * The paper reports the head, the most popular 1 % of items (arXiv 2508.10478), and calls the others torso; how popular
   * is not further divided there. Here the torso ends at 10 %, so that what nearly nobody met shows apart. Items of one
   * popularity go by their row, so that the bands have their sizes exactly: at least one item is head.
   */
  static final double HEAD_SHARE = 0.01;
  static final double TORSO_SHARE = 0.1;

  private final PopularityBucket[] bands; // [row]

  private PopularityBuckets(PopularityBucket[] bands) {
    this.bands = bands;
  }

  /**
   * @param interactions how often training saw each item interacted with, shape [row]
   */
  public static PopularityBuckets of(float[] interactions) {
    PopularityBucket[] bands = new PopularityBucket[interactions.length];
    List<Integer> order =
        IntStream.range(0, bands.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -interactions[row])) // stable
            .toList();
    for (int place = 0; place < bands.length; place++) {
      bands[order.get(place)] = at(place, bands.length);
    }
    return new PopularityBuckets(bands);
  }

  private static PopularityBucket at(int place, int items) {
    if (place < Math.ceil(HEAD_SHARE * items)) {
      return PopularityBucket.HEAD;
    }
    return place < Math.ceil(TORSO_SHARE * items) ? PopularityBucket.TORSO : PopularityBucket.TAIL;
  }

  public PopularityBucket of(int row) {
    return bands[row];
  }
}

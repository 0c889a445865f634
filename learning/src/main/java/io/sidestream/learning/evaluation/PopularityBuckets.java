package io.sidestream.learning.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The popularity bucket of each item. Immutable. */
final class PopularityBuckets {
  /*
   * The paper reports the head, the most popular 1 % of items (arXiv 2508.10478), and calls the
   * others torso; how popular is not further divided there. Here the torso ends at 10 %, so that
   * rarely used items are reported apart. Ties go by row, so that the buckets have exactly their
   * sizes: at least one item is head.
   */
  static final double HEAD_SHARE = 0.01;
  static final double TORSO_SHARE = 0.1;

  private final PopularityBucket[] buckets; // [row]

  private PopularityBuckets(PopularityBucket[] buckets) {
    this.buckets = buckets;
  }

  /**
   * @param interactions how often training saw each item interacted with, shape [row]
   */
  public static PopularityBuckets of(float[] interactions) {
    PopularityBucket[] buckets = new PopularityBucket[interactions.length];
    List<Integer> order =
        IntStream.range(0, buckets.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -interactions[row])) // stable
            .toList();
    for (int place = 0; place < buckets.length; place++) {
      buckets[order.get(place)] = at(place, buckets.length);
    }
    return new PopularityBuckets(buckets);
  }

  private static PopularityBucket at(int place, int items) {
    if (place < Math.ceil(HEAD_SHARE * items)) {
      return PopularityBucket.HEAD;
    }
    return place < Math.ceil(TORSO_SHARE * items) ? PopularityBucket.TORSO : PopularityBucket.TAIL;
  }

  public PopularityBucket of(int row) {
    return buckets[row];
  }
}

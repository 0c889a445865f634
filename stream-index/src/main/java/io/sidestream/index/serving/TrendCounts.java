package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Weights of interactions by item, in buckets of time that a window moves over. One thread. */
final class TrendCounts {
  /*
   * A bucket holds whole sums, so they do not depend on the order in which partitions are read,
   * and all of a bucket is dropped at once: the window ends at the beginning of a bucket. A score
   * is the sum over the buckets of its weight * 2^(-4 age / window), ages in whole buckets; it
   * falls to a sixteenth over the window, so that what leaves it is hardly missed.
   */

  /** Buckets of a window: it moves in steps of a sixtieth. */
  static final int BUCKETS = 60;

  private static final double HALF_LIVES = 4;

  private final long bucketMillis;
  private final TreeMap<Long, Map<ItemId, Long>> buckets = new TreeMap<>(); // by number of bucket

  /**
   * @param window 1 second or more
   */
  TrendCounts(Duration window) {
    this.bucketMillis = window.toMillis() / BUCKETS;
    check(bucketMillis > 0, "window of trends is %s, expected a second or more", window);
  }

  /** The beginning of the window at a time. */
  long startMillis(long nowMillis) {
    return first(nowMillis) * bucketMillis;
  }

  /** Number of the bucket of a time: what scores depend on, apart from what was added. */
  long bucket(long millis) {
    return Math.floorDiv(millis, bucketMillis);
  }

  private long first(long nowMillis) {
    return bucket(nowMillis) - BUCKETS + 1;
  }

  /** Adds an interaction, unless it is before the window. */
  void add(ItemId item, long weight, long millis, long nowMillis) {
    if (bucket(millis) >= first(nowMillis)) {
      buckets
          .computeIfAbsent(bucket(millis), number -> new HashMap<>())
          .merge(item, weight, Long::sum);
    }
  }

  /** The items with a score above 0; what is before the window is forgotten. */
  Map<ItemId, Double> scores(long nowMillis) {
    buckets.headMap(first(nowMillis)).clear();
    Map<ItemId, Double> scores = new HashMap<>();
    buckets.forEach(
        (number, sums) -> {
          double age = Math.max(0, bucket(nowMillis) - number);
          double factor = StrictMath.pow(2, -HALF_LIVES * age / BUCKETS);
          sums.forEach((item, sum) -> scores.merge(item, factor * sum, Double::sum));
        });
    scores.values().removeIf(score -> score <= 0);
    return scores;
  }
}

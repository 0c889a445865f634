package io.sidestream.benchmarks.filters;

import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Items dealt into a hundred buckets of equal size by a seed: a bucket is a percent of them. */
record Buckets(Map<ItemId, Integer> of) {
  static final String ATTRIBUTE = "bucket";
  static final int COUNT = 100;

  static Buckets deal(List<ItemId> items, long seed) {
    List<ItemId> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(seed));
    Map<ItemId, Integer> buckets = new HashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      buckets.put(shuffled.get(i), i % COUNT);
    }
    return new Buckets(buckets);
  }

  /** The first of the buckets that a share takes which has this one in it. */
  static int first(int bucket, int percent) {
    return Math.min(bucket / percent * percent, COUNT - percent);
  }

  /** Lets through a share of the items, from a bucket on. */
  static ItemFilter filter(int first, int percent) {
    return new ItemFilter(
        ATTRIBUTE,
        List.of(),
        List.of(),
        Optional.of((double) first),
        Optional.of(first + percent - 1.0));
  }

  boolean isWithin(ItemId item, int first, int percent) {
    int bucket = of.getOrDefault(item, -1);
    return bucket >= first && bucket < first + percent;
  }

  Optional<Map<String, List<String>>> attributes(ItemId item) {
    return Optional.ofNullable(of.get(item))
        .map(bucket -> Map.of(ATTRIBUTE, List.of(Integer.toString(bucket))));
  }
}

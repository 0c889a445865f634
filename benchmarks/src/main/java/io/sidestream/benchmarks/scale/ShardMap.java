package io.sidestream.benchmarks.scale;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** The shard of each first code. */
final class ShardMap {
  /** Which first codes lie on one shard. */
  enum Layout {
    /** Codes whose centroids are near each other, in runs of equal load. */
    NEIGHBOURS,
    /** The next code in order of load goes to the shard with the least load so far. */
    BALANCED,
    /** Code modulo number of shards. */
    MODULO;

    static Layout of(String name) {
      for (Layout layout : values()) {
        if (layout.name().toLowerCase(Locale.ROOT).equals(name)) {
          return layout;
        }
      }
      throw new IllegalArgumentException("layout is " + name + ", expected one of the layouts");
    }
  }

  private final int[] shards; // by first code

  private ShardMap(int[] shards) {
    this.shards = shards;
  }

  /**
   * A map of codes that are ordered so that codes near each other have near centroids.
   *
   * @param loads expected load of each first code, in any unit
   */
  static ShardMap of(Layout layout, double[] loads, int count) {
    check(count >= 1 && count <= loads.length, "%s shards of %s codes", count, loads.length);
    return new ShardMap(
        switch (layout) {
          case NEIGHBOURS -> runs(loads, count);
          case BALANCED -> balanced(loads, count);
          case MODULO -> IntStream.range(0, loads.length).map(code -> code % count).toArray();
        });
  }

  int shard(int code) {
    return shards[code];
  }

  /** Each shard ends where the sum of loads so far reaches its part of the whole. */
  private static int[] runs(double[] loads, int count) {
    double whole = Arrays.stream(loads).sum();
    int[] shards = new int[loads.length];
    double before = 0;
    int shard = 0;
    for (int code = 0; code < loads.length; code++) {
      int left = loads.length - code;
      boolean due = before + loads[code] / 2 > whole * (shard + 1) / count;
      boolean needed = left == count - 1 - shard; // one code for each shard that has none yet
      if (code > 0 && shard < count - 1 && (due || needed)) {
        shard++;
      }
      shards[code] = shard;
      before += loads[code];
    }
    return shards;
  }

  private static int[] balanced(double[] loads, int count) {
    int[] shards = new int[loads.length];
    double[] sums = new double[count];
    IntStream.range(0, loads.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer code) -> -loads[code]))
        .forEach(
            code -> {
              int least =
                  IntStream.range(0, count)
                      .boxed()
                      .min(Comparator.comparingDouble(s -> sums[s]))
                      .orElseThrow();
              shards[code] = least;
              sums[least] += loads[code];
            });
    return shards;
  }
}

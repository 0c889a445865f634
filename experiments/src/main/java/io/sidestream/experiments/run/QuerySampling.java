package io.sidestream.experiments.run;

import io.sidestream.learning.examples.QueryPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How training queries are sampled over items. */
public enum QuerySampling {
  /** The queries as they were logged. */
  AS_LOGGED(0),
  /** Every item equally often. */
  UNIFORM(0),
  /** An item in proportion to its interactions. */
  BY_POPULARITY(1),
  /** An item in inverse proportion to its interactions. */
  BY_INVERSE_POPULARITY(-1);

  private final double power;

  QuerySampling(double power) {
    this.power = power;
  }

  /** As written in tables, for example {@code by popularity}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * As many pairs of query and item as there are, items drawn by this rule and then one of their
   * queries, all with replacement.
   *
   * @param interactions of each item in training, shape [row]
   */
  QueryPool from(QueryPool pool, float[] interactions, long seed) {
    if (this == AS_LOGGED) {
      return pool;
    }
    List<List<QueryPool.Chosen>> byRow = new ArrayList<>();
    for (int row = 0; row < interactions.length; row++) {
      byRow.add(new ArrayList<>());
    }
    pool.chosen().forEach(one -> byRow.get(one.row()).add(one));
    double[] ends = new double[byRow.size()];
    double end = 0;
    for (int row = 0; row < ends.length; row++) {
      end += byRow.get(row).isEmpty() ? 0 : Math.pow(1 + interactions[row], power);
      ends[row] = end;
    }
    return sampled(pool, byRow, ends, new SplittableRandom(seed));
  }

  private static QueryPool sampled(
      QueryPool pool, List<List<QueryPool.Chosen>> byRow, double[] ends, SplittableRandom random) {
    List<QueryPool.Chosen> sampled = new ArrayList<>(pool.chosen().size());
    while (sampled.size() < pool.chosen().size()) {
      List<QueryPool.Chosen> ofItem = byRow.get(place(ends, random.nextDouble()));
      QueryPool.Chosen one = ofItem.get(random.nextInt(ofItem.size()));
      sampled.add(new QueryPool.Chosen(one.query(), one.row(), 1));
    }
    return new QueryPool(pool.queries(), sampled);
  }

  /** The first row whose end lies above a share of the whole: one with queries. */
  private static int place(double[] ends, double share) {
    double target = share * ends[ends.length - 1];
    int found = Arrays.binarySearch(ends, target);
    int place = found >= 0 ? found : -found - 1;
    while (ends[place] <= target) {
      place++;
    }
    return place;
  }
}

package io.sidestream.experiments;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** AUC of related pairs of items against random pairs, by cosine. */
final class PairAuc {
  /*
   * The area under the ROC curve: the probability that a pair has a higher cosine than a random
   * one, half for ties (Mann and Whitney 1947). Unlike cosines it does not depend on the scale of
   * a space, so spaces of different kinds can be compared.
   */
  /** Size of the sample of random pairs. */
  static final int RANDOM_PAIRS = 20_000;

  private final float[][] items; // unit, [row][D]
  private final double[] random; // cosines of random pairs, ascending

  /**
   * @param items unit vectors, at least two
   */
  PairAuc(float[][] items, long seed) {
    check(items.length > 1, "%d items, expected two or more", items.length);
    this.items = items;
    SplittableRandom draws = new SplittableRandom(seed);
    this.random = new double[RANDOM_PAIRS];
    for (int i = 0; i < random.length; i++) {
      int one = draws.nextInt(items.length);
      int other = (one + 1 + draws.nextInt(items.length - 1)) % items.length;
      random[i] = cosine(one, other);
    }
    Arrays.sort(random);
  }

  /** The AUC of these pairs, in [0, 1]; .5 is chance. */
  double of(List<RelatedPairs.Rows> pairs) {
    check(!pairs.isEmpty(), "no pairs to measure");
    return pairs.stream().mapToDouble(this::shareBelow).average().orElseThrow();
  }

  private double shareBelow(RelatedPairs.Rows pair) {
    double cosine = cosine(pair.low(), pair.high());
    double below = count(cosine, false);
    double upTo = count(cosine, true);
    return (below + upTo) / (2 * random.length);
  }

  /** How many random cosines lie below, or up to, a value. */
  private int count(double value, boolean inclusive) {
    int low = 0;
    int high = random.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (random[middle] < value || (inclusive && random[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double cosine(int one, int other) {
    return Vectors.dot(items[one], items[other]);
  }
}

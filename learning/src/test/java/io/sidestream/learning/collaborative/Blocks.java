package io.sidestream.learning.collaborative;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A toy world: users and items of a group meet each other, and each user leaves some items out. */
final class Blocks {
  static final int GROUPS = 4;

  private Blocks() {}

  /**
   * User u and item i are of groups u and i modulo {@value #GROUPS}; each meets most of its own.
   */
  static int[][] histories(int users, int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] histories = new int[users][];
    for (int user = 0; user < users; user++) {
      int group = user % GROUPS;
      histories[user] =
          IntStream.range(0, items)
              .filter(item -> item % GROUPS == group && random.nextDouble() < 0.7)
              .toArray();
    }
    return histories;
  }

  /** The share of pairs of one group that did not meet and yet score above all of other groups. */
  static double heldOutAboveOthers(Factorization learned, int[][] histories) {
    int held = 0;
    int above = 0;
    for (int user = 0; user < histories.length; user++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int item = 0; item < learned.items().length; item++) {
        most = item % GROUPS == user % GROUPS ? most : Math.max(most, score(learned, user, item));
      }
      for (int item = user % GROUPS; item < learned.items().length; item += GROUPS) {
        int own = item;
        if (Arrays.stream(histories[user]).noneMatch(met -> met == own)) {
          held++;
          above += score(learned, user, item) > most ? 1 : 0;
        }
      }
    }
    return (double) above / held;
  }

  static double score(Factorization learned, int user, int item) {
    double sum = 0;
    for (int d = 0; d < learned.users()[user].length; d++) {
      sum += (double) learned.users()[user][d] * learned.items()[item][d];
    }
    return sum;
  }
}

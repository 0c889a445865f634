package io.sidestream.learning.generator;

/**
 * T5's buckets of distances between positions: near ones each have their own, farther ones share
 * logarithmically wider ones, and all from 128 on share the last.
 */
final class RelativePositions {
  static final int BUCKETS = 32;
  static final int MAX_DISTANCE = 128;

  private RelativePositions() {}

  /**
   * The bucket in an encoder, where half of the buckets are for later positions.
   *
   * @param distance key position minus query position
   */
  static int both(int distance) {
    int half = BUCKETS / 2;
    return (distance > 0 ? half : 0) + bucket(Math.abs(distance), half);
  }

  /**
   * The bucket in a decoder, which sees only what came before.
   *
   * @param distance key position minus query position, at most 0
   */
  static int causal(int distance) {
    return bucket(Math.max(0, -distance), BUCKETS);
  }

  private static int bucket(int distance, int buckets) {
    int exact = buckets / 2;
    if (distance < exact) {
      return distance;
    }
    double scale = Math.log((double) distance / exact) / Math.log((double) MAX_DISTANCE / exact);
    return Math.min(buckets - 1, exact + (int) (scale * (buckets - exact)));
  }
}

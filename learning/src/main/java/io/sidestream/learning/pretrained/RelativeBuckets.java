package io.sidestream.learning.pretrained;

/**
 * Buckets of distances between positions: near ones have their own, farther ones share
 * logarithmically wider ones. T5's, which MPNet took over.
 *
 * @param buckets in all
 * @param maxDistance from which on all share the last
 */
record RelativeBuckets(int buckets, int maxDistance) {
  /** What MPNet has, whatever its configuration says. */
  static final RelativeBuckets MPNET = new RelativeBuckets(32, 128);

  /**
   * Where half of the buckets are for later positions.
   *
   * @param distance key position minus query position
   */
  int both(int distance) {
    int half = buckets / 2;
    return (distance > 0 ? half : 0) + bucket(Math.abs(distance), half);
  }

  /**
   * Where later positions are not seen.
   *
   * @param distance key position minus query position
   */
  int causal(int distance) {
    return bucket(Math.max(0, -distance), buckets);
  }

  private int bucket(int distance, int of) {
    int exact = of / 2;
    if (distance < exact) {
      return distance;
    }
    // in floats, as the reference: a distance on the border between two buckets depends on it
    float share = (float) Math.log((float) distance / exact);
    share = share / (float) Math.log((double) maxDistance / exact) * (of - exact);
    return Math.min(of - 1, exact + (int) share);
  }
}

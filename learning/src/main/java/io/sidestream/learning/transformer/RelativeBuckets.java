package io.sidestream.learning.transformer;

/**
 * T5's buckets of relative positions, which MPNet took over: near distances have one each, farther
 * ones share logarithmically wider ones. Raffel et al. 2020, arXiv 1910.10683, section 2.1.
 *
 * @param buckets in all
 * @param maxDistance from which on all distances share the last bucket
 */
public record RelativeBuckets(int buckets, int maxDistance) {
  /** T5's default, and what MPNet has whatever its configuration says. */
  public static final RelativeBuckets DEFAULT = new RelativeBuckets(32, 128);

  /**
   * The bucket in an encoder, where half of them are for later positions.
   *
   * @param distance key position minus query position
   */
  public int both(int distance) {
    int half = buckets / 2;
    return (distance > 0 ? half : 0) + bucket(Math.abs(distance), half);
  }

  /**
   * The bucket in a decoder, where later positions are masked.
   *
   * @param distance key position minus query position
   */
  public int causal(int distance) {
    return bucket(Math.max(0, -distance), buckets);
  }

  private int bucket(int distance, int of) {
    int exact = of / 2;
    if (distance < exact) {
      return distance;
    }
    // In floats, as in transformers: a distance on the border between two buckets depends on it.
    float share = (float) Math.log((float) distance / exact);
    share = share / (float) Math.log((double) maxDistance / exact) * (of - exact);
    return Math.min(of - 1, exact + (int) share);
  }
}

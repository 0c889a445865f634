package io.sidestream.learning.codebook;

/**
 * Each point's centroids, nearest first, from distances that are known or bounded from below: only
 * what may decide the order is measured. Ties go to the lower code. One thread.
 *
 * <p>Legend: N points, K centroids.
 */
final class NearestFirst {
  /** Makes one distance exact. */
  @FunctionalInterface
  interface Measure {
    /** Writes the exact distance over its lower bound. */
    void exact(int point, int code);
  }

  private final float[] atLeast; // [point * K + code]
  private final int width;
  private final Measure measure;

  /**
   * @param atLeast row-major (N, K): distances, or what they are not below; not copied
   */
  NearestFirst(float[] atLeast, int width, Measure measure) {
    this.atLeast = atLeast;
    this.width = width;
    this.measure = measure;
  }

  /** Of distances that are all known, row-major (N, K); not copied. */
  static NearestFirst of(float[] distances, int width) {
    return new NearestFirst(distances, width, (point, code) -> {});
  }

  int points() {
    return atLeast.length / width;
  }

  int width() {
    return width;
  }

  /** The distance of a point to a centroid that it was led to. */
  float distance(int point, int code) {
    return atLeast[point * width + code];
  }

  /** Each point's nearest centroid, shape [point]. */
  int[] nearest() {
    int[] codes = new int[points()];
    for (int point = 0; point < codes.length; point++) {
      codes[point] = after(point, -1);
    }
    return codes;
  }

  /**
   * The nearest centroid of a point, or the one that comes next.
   *
   * @param refused a centroid that this led to, not the last one; -1 for the nearest
   */
  int after(int point, int refused) {
    int best = likely(point, refused);
    for (int code = 0; code < width; code++) {
      boolean mayBeNearer = best < 0 || distance(point, code) <= distance(point, best);
      if (mayBeNearer && code != best && code != refused) {
        measure.exact(point, code);
        boolean allowed = refused < 0 || before(point, refused, code);
        best = allowed && (best < 0 || before(point, code, best)) ? code : best;
      }
    }
    return best;
  }

  /** The centroid of least bound behind the refused one, measured; -1 where all bounds are less. */
  private int likely(int point, int refused) {
    int likely = -1;
    for (int code = 0; code < width; code++) {
      boolean allowed = refused < 0 || before(point, refused, code);
      likely = allowed && (likely < 0 || before(point, code, likely)) ? code : likely;
    }
    if (likely >= 0) {
      measure.exact(point, likely);
    }
    return likely;
  }

  private boolean before(int point, int code, int other) {
    int order = Float.compare(distance(point, code), distance(point, other));
    return order < 0 || (order == 0 && code < other);
  }
}

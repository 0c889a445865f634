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
  private final int[] likely; // the nearest centroid so far, [point]
  private final int width;
  private final Measure measure;

  /**
   * @param atLeast row-major (N, K): distances, or what they are not below; not copied
   * @param likely a centroid to compare the others with; overwritten with the nearest; [point]
   */
  NearestFirst(float[] atLeast, int[] likely, Measure measure) {
    this.atLeast = atLeast;
    this.likely = likely;
    this.width = atLeast.length / likely.length;
    this.measure = measure;
  }

  /** Of distances that are all known, row-major (N, K); not copied. */
  static NearestFirst of(float[] distances, int width) {
    return new NearestFirst(distances, new int[distances.length / width], (point, code) -> {});
  }

  int points() {
    return likely.length;
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
    int best = refused < 0 ? likely[point] : behind(point, refused);
    if (best >= 0) {
      measure.exact(point, best);
    }
    for (int code = 0; code < width; code++) {
      boolean mayBeNearer = best < 0 || distance(point, code) <= distance(point, best);
      if (mayBeNearer && code != best && code != refused) {
        measure.exact(point, code);
        boolean allowed = refused < 0 || before(point, refused, code);
        best = allowed && (best < 0 || before(point, code, best)) ? code : best;
      }
    }
    if (refused < 0) {
      likely[point] = best;
    }
    return best;
  }

  /** The centroid of least bound behind the refused one; -1 where all bounds are less. */
  private int behind(int point, int refused) {
    int least = -1;
    for (int code = 0; code < width; code++) {
      boolean allowed = before(point, refused, code);
      least = allowed && (least < 0 || before(point, code, least)) ? code : least;
    }
    return least;
  }

  private boolean before(int point, int code, int other) {
    int order = Float.compare(distance(point, code), distance(point, other));
    return order < 0 || (order == 0 && code < other);
  }
}

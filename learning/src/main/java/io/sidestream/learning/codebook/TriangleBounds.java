package io.sidestream.learning.codebook;

import java.util.BitSet;

/**
 * Distances of points to centroids that move from call to call, measured again only where they may
 * decide. One thread.
 *
 * <p>Legend: N points, D dimensions, K centroids.
 */
final class TriangleBounds {
  /*
   * A centroid that moved by m is nearer to a point by at most m: so a distance that was measured
   * once bounds all later ones from below [1]. All K bounds of a point are kept: in many dimensions
   * distances are so alike that one bound for all centroids but the nearest (Hamerly 2010) spares
   * hardly a point, and K bounds nearly all pairs once the centroids have slowed down. While many
   * pairs are in doubt, in the first calls, a matrix product measures a chunk of points at once: a
   * pair costs a tenth of what a loop takes. Products round: bounds stay below by SLACK, and every
   * decision is on a distance that the same loop computed.
   *
   * [1] Elkan 2003, Using the triangle inequality to accelerate k-means, ICML
   */

  /** Share of a chunk's pairs in doubt from which on a product is cheaper. */
  private static final double PRODUCT_FROM = 1 / 16.0;

  /** Of the squares of the lengths: more than a product in single precision is off by. */
  private static final float SLACK = 2e-5f;

  /** More than rounding takes off, or adds to, a bound that falls. */
  private static final float ROUNDING = 1e-6f;

  /** Most pairs whose bounds are kept: 1 GiB. */
  static final int MAX_PAIRS = 1 << 28;

  private final float[][] points; // (N, D)
  private final float[] squares; // of the points' lengths, [point]
  private final NearestCentroids products;
  private final int width;
  private final float[] atLeast; // [point * K + code]
  private final BitSet exact = new BitSet(); // the same pairs
  private final int[] nearest; // by the call before, or likely since a product, [point]
  private float[] centroids = {};
  private long measured;

  /**
   * @param points not copied
   * @param products of the same points
   */
  TriangleBounds(float[][] points, int width, NearestCentroids products) {
    this.points = points;
    this.width = width;
    this.products = products;
    this.atLeast = new float[Math.multiplyExact(points.length, width)];
    this.squares = new float[points.length];
    this.nearest = new int[points.length];
    float[] origin = new float[points[0].length];
    for (int point = 0; point < points.length; point++) {
      squares[point] = squaredDistance(points[point], origin, 0);
    }
  }

  /** Whether there is room for the bounds of that number of points. */
  static boolean fit(int points, int width) {
    return (long) points * width <= MAX_PAIRS;
  }

  /**
   * The order of the centroids for each point; valid until the next call.
   *
   * @param moved shape [code * dimensions + dimension], copied
   */
  NearestFirst at(float[] moved) {
    float[] falls = centroids.length == 0 ? new float[width] : falls(moved);
    exact.clear();
    centroids = moved.clone();
    try (NearestCentroids.Products ofChunks = products.at(centroids)) {
      for (int from = 0; from < points.length; from += PointChunks.CHUNK) {
        int to = Math.min(points.length, from + PointChunks.CHUNK);
        fall(from, to, falls);
        if (inDoubt(from, to) > PRODUCT_FROM * (to - from) * width) {
          bound(from, ofChunks.timesMinusTwo(from / PointChunks.CHUNK), ofChunks.squares());
        }
      }
    }
    return new NearestFirst(atLeast, nearest, this::measure);
  }

  /** How many distances were measured one by one. */
  long measured() {
    return measured;
  }

  private float[] falls(float[] moved) {
    float[] falls = new float[width];
    float[] before = new float[moved.length / width];
    for (int code = 0; code < width; code++) {
      int offset = code * before.length;
      System.arraycopy(centroids, offset, before, 0, before.length);
      falls[code] = (float) Math.sqrt(squaredDistance(before, moved, offset)) * (1 + ROUNDING);
    }
    return falls;
  }

  private void fall(int from, int to, float[] falls) {
    for (int base = from * width; base < to * width; base += width) {
      for (int code = 0; code < width; code++) {
        atLeast[base + code] = atLeast[base + code] * (1 - ROUNDING) - falls[code];
      }
    }
  }

  /** Pairs that may be nearer than each point's nearest of the call before, which is measured. */
  private int inDoubt(int from, int to) {
    int inDoubt = 0;
    for (int point = from; point < to; point++) {
      int base = point * width;
      measure(point, nearest[point]);
      float distance = atLeast[base + nearest[point]];
      for (int at = base; at < base + width; at++) {
        inDoubt += atLeast[at] <= distance ? 1 : 0;
      }
    }
    return inDoubt;
  }

  /**
   * @param some products of a chunk, row-major
   * @param ofCentroids their squared lengths
   */
  private void bound(int from, float[] some, float[] ofCentroids) {
    float[] lowered = new float[width];
    for (int code = 0; code < width; code++) {
      lowered[code] = ofCentroids[code] * (1 - SLACK);
    }
    for (int at = 0; at < some.length; at += width) {
      int point = from + at / width;
      float square = squares[point] * (1 - SLACK);
      int base = point * width;
      int least = 0;
      for (int code = 0; code < width; code++) {
        atLeast[base + code] =
            (float) Math.sqrt(Math.max(0, square + lowered[code] + some[at + code]));
        least = atLeast[base + code] < atLeast[base + least] ? code : least;
      }
      nearest[point] = least;
    }
    exact.clear(from * width, from * width + some.length);
  }

  private void measure(int point, int code) {
    int at = point * width + code;
    if (!exact.get(at)) {
      atLeast[at] =
          (float) Math.sqrt(squaredDistance(points[point], centroids, code * points[point].length));
      exact.set(at);
      measured++;
    }
  }

  /** In single precision, four sums that do not wait for each other. */
  private static float squaredDistance(float[] vector, float[] centroids, int offset) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int d = 0;
    for (; d + 3 < vector.length; d += 4) {
      float d0 = vector[d] - centroids[offset + d];
      float d1 = vector[d + 1] - centroids[offset + d + 1];
      float d2 = vector[d + 2] - centroids[offset + d + 2];
      float d3 = vector[d + 3] - centroids[offset + d + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; d < vector.length; d++) {
      float difference = vector[d] - centroids[offset + d];
      s0 += difference * difference;
    }
    return (s0 + s1) + (s2 + s3);
  }
}

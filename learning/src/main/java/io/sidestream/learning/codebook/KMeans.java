package io.sidestream.learning.codebook;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Lloyd's iterations: assign each point to its nearest centroid, move each centroid to the mean of
 * its points.
 */
final class KMeans {
  private final float[][] points;
  private final float[] centroids; // [code * dimensions + dimension]
  private final int dimensions;
  private final int width;
  private final double[] sums; // of each centroid's points, shape as centroids
  private final int[] counts; // of them, [code]

  private KMeans(float[][] points, float[] seeds) {
    this.points = points;
    this.centroids = seeds.clone();
    this.dimensions = points[0].length;
    this.width = seeds.length / dimensions;
    this.sums = new double[seeds.length];
    this.counts = new int[width];
  }

  /**
   * Moves the seeds to where they stay, or as far as the iterations carry them.
   *
   * @param nearest from centroids to each point's code, the lower one on a tie
   */
  static float[] fit(
      float[][] points, float[] seeds, int iterations, Function<float[], int[]> nearest) {
    KMeans kMeans = new KMeans(points, seeds);
    int[] before = new int[0];
    for (int i = 0; i < iterations; i++) {
      int[] codes = nearest.apply(kMeans.centroids);
      if (Arrays.equals(codes, before)) {
        break;
      }
      kMeans.moveToMeans(codes, before);
      before = codes;
    }
    return kMeans.centroids;
  }

  /**
   * Sums follow the points that changed their codes; in doubles, what rounding leaves is little.
   */
  private void moveToMeans(int[] codes, int[] before) {
    for (int point = 0; point < points.length; point++) {
      boolean isNew = before.length == 0;
      if (isNew || codes[point] != before[point]) {
        count(point, codes[point], 1);
        if (!isNew) {
          count(point, before[point], -1);
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      if (counts[i / dimensions] > 0) {
        centroids[i] = (float) (sums[i] / counts[i / dimensions]);
      }
    }
    reseedEmpty(codes);
  }

  private void count(int point, int code, int sign) {
    counts[code] += sign;
    float[] counted = points[point];
    int offset = code * dimensions;
    for (int d = 0; d < dimensions; d++) {
      sums[offset + d] += sign * (double) counted[d];
    }
  }

  /** Sends each centroid without points to the point that is farthest from its own. */
  private void reseedEmpty(int[] codes) {
    double[] distances = null;
    for (int code = 0; code < width; code++) {
      if (counts[code] > 0) {
        continue;
      }
      distances = distances == null ? distances(codes) : distances;
      int farthest = farthest(distances);
      if (distances[farthest] == 0) {
        return; // every point lies on a centroid: what is left is spare
      }
      System.arraycopy(points[farthest], 0, centroids, code * dimensions, dimensions);
      shorten(distances, code * dimensions);
    }
  }

  private double[] distances(int[] codes) {
    double[] distances = new double[points.length];
    for (int point = 0; point < distances.length; point++) {
      distances[point] =
          QuantizationError.squaredDistance(points[point], centroids, codes[point] * dimensions);
    }
    return distances;
  }

  /** A centroid that came nearer shortens distances, so that the next does not go to its twin. */
  private void shorten(double[] distances, int offset) {
    for (int point = 0; point < distances.length; point++) {
      distances[point] =
          Math.min(
              distances[point],
              QuantizationError.squaredDistance(points[point], centroids, offset));
    }
  }

  private static int farthest(double[] distances) {
    int farthest = 0;
    for (int point = 1; point < distances.length; point++) {
      farthest = distances[point] > distances[farthest] ? point : farthest;
    }
    return farthest;
  }
}

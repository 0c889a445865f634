package io.sidestream.learning.codebook;

import java.util.Random;

/** Seeded vectors for tests. */
public final class Points {
  private Points() {}

  public static float[][] gaussian(int count, int dimensions, long seed) {
    Random random = new Random(seed);
    float[][] points = new float[count][dimensions];
    for (float[] point : points) {
      for (int d = 0; d < dimensions; d++) {
        point[d] = (float) random.nextGaussian();
      }
    }
    return points;
  }

  /** Row r lies in cluster r modulo clusters. */
  public static float[][] clusters(
      int clusters, int each, int dimensions, double spread, long seed) {
    float[][] centers = gaussian(clusters, dimensions, seed);
    float[][] points = gaussian(clusters * each, dimensions, seed + 1);
    for (int row = 0; row < points.length; row++) {
      for (int d = 0; d < dimensions; d++) {
        points[row][d] = (float) (centers[row % clusters][d] + spread * points[row][d]);
      }
    }
    return points;
  }
}

package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.onnx.Device;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TriangleBoundsTest {
  private static final int CALLS = 8;

  /** Law: wherever centroids move, bounds hold, and the codes are those of the plain loops. */
  @Test
  void at_movingCentroids_givesTheCodesOfThePlainLoop() {
    for (long seed = 1; seed <= 6; seed++) {
      System.out.println("seed " + seed);
      SplittableRandom random = new SplittableRandom(seed);
      int points = 1 + random.nextInt(PointChunks.CHUNK + 500);
      int width = 1 + random.nextInt(12);
      int dimensions = 1 + random.nextInt(9);
      float[][] data = Points.gaussian(points, dimensions, seed);
      float[] centroids = CentroidSeeding.seeds(data, width, random);
      try (PointChunks chunks = PointChunks.of(data, Device.CPU)) {
        NearestCentroids products = new NearestCentroids(chunks, width);
        TriangleBounds bounds = new TriangleBounds(data, width, products);
        for (int call = 0; call < CALLS; call++) {
          float[] exact = distances(data, centroids);
          NearestFirst order = bounds.at(centroids);
          assertNoBoundIsAbove(exact, order, seed);
          int most = (points + width - 1) / width + random.nextInt(3);
          assertArrayEquals(
              BoundedAssignment.codes(exact, width, most),
              BoundedAssignment.codes(order, most),
              "seed " + seed);
          assertArrayEquals(
              KMeansTest.naiveCodes(data, centroids), order.nearest(), "seed " + seed);
          move(centroids, call, random);
        }
      }
    }
  }

  private static void assertNoBoundIsAbove(float[] exact, NearestFirst order, long seed) {
    for (int pair = 0; pair < exact.length; pair++) {
      float bound = order.distance(pair / order.width(), pair % order.width());
      assertTrue(bound <= exact[pair] + 1e-5f, "seed " + seed + ", pair " + pair);
    }
  }

  private static float[] distances(float[][] points, float[] centroids) {
    int width = centroids.length / points[0].length;
    float[] distances = new float[points.length * width];
    for (int pair = 0; pair < distances.length; pair++) {
      float[] point = points[pair / width];
      int offset = pair % width * point.length;
      distances[pair] =
          (float) Math.sqrt(QuantizationError.squaredDistance(point, centroids, offset));
    }
    return distances;
  }

  private static void move(float[] centroids, int call, SplittableRandom random) {
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] += (float) ((random.nextDouble() - 0.5) / (1 + call * call));
    }
  }

  @Test
  void at_slowCentroids_measuresFewPairs() {
    float[][] points = Points.clusters(16, 100, 12, 0.3, 3);
    float[] centroids = CentroidSeeding.seeds(points, 16, new SplittableRandom(3));
    try (PointChunks chunks = PointChunks.of(points, Device.CPU)) {
      NearestCentroids products = new NearestCentroids(chunks, 16);
      TriangleBounds bounds = new TriangleBounds(points, 16, products);
      bounds.at(centroids).nearest();
      centroids[0] += 1e-3f;
      long before = bounds.measured();
      bounds.at(centroids).nearest();
      assertTrue(bounds.measured() - before < 2L * points.length, "measured " + bounds.measured());
    }
  }

  @Test
  void fit_manyPairs_areNotKept() {
    assertTrue(TriangleBounds.fit(1 << 20, 1 << 8));
    assertFalse(TriangleBounds.fit(1 << 20, (1 << 8) + 1));
  }

  /** The plain loops: all means from all points, each point against each centroid. */
  @Test
  void kMeans_withBounds_endsAtTheCentroidsOfPlainLoops() {
    for (long seed = 1; seed <= 4; seed++) {
      System.out.println("seed " + seed);
      float[][] points = Points.clusters(20, 60, 10, 0.7, seed);
      float[] seeds = CentroidSeeding.seeds(points, 24, new SplittableRandom(seed));
      try (PointChunks chunks = PointChunks.of(points, Device.CPU)) {
        NearestCentroids products = new NearestCentroids(chunks, 24);
        TriangleBounds bounds = new TriangleBounds(points, 24, products);
        assertArrayEquals(
            KMeans.fit(points, seeds, 20, at -> KMeansTest.naiveCodes(points, at)),
            KMeans.fit(points, seeds, 20, at -> bounds.at(at).nearest()),
            1e-5f,
            "seed " + seed);
      }
    }
  }
}

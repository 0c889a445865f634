package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.onnx.Device;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KMeansTest {
  @Test
  void fit_againstTheNaiveReference_endsAtTheSameCentroids() {
    for (long seed = 1; seed <= 5; seed++) {
      float[][] points = Points.gaussian(200, 5, seed);
      float[] seeds = CentroidSeeding.seeds(points, 8, new SplittableRandom(seed));
      try (PointChunks chunks = PointChunks.of(points, Device.CPU)) {
        NearestCentroids nearest = new NearestCentroids(chunks, 8);
        assertArrayEquals(
            naive(points, seeds, 10), KMeans.fit(points, seeds, 10, nearest::codes), 1e-5f);
      }
    }
  }

  @Test
  void fit_centroidWithoutPoints_goesToTheFarthestPoint() {
    float[][] points = {{0}, {1}, {2}, {50}};
    float[] seeds = {10, 1000};

    float[] centroids = KMeans.fit(points, seeds, 10, c -> naiveCodes(points, c));

    assertArrayEquals(new float[] {1, 50}, centroids);
  }

  @Test
  void fit_settledPoints_stopsEarly() {
    float[][] points = {{0}, {10}};
    int[] calls = new int[1];

    KMeans.fit(
        points,
        new float[] {0, 10},
        100,
        centroids -> {
          calls[0]++;
          return naiveCodes(points, centroids);
        });

    assertEquals(2, calls[0]);
  }

  private static float[] naive(float[][] points, float[] seeds, int iterations) {
    float[] centroids = seeds.clone();
    int dimensions = points[0].length;
    for (int i = 0; i < iterations; i++) {
      int[] codes = naiveCodes(points, centroids);
      for (int c = 0; c < centroids.length; c++) {
        double sum = 0;
        int count = 0;
        for (int p = 0; p < points.length; p++) {
          sum += codes[p] == c / dimensions ? points[p][c % dimensions] : 0;
          count += codes[p] == c / dimensions ? 1 : 0;
        }
        centroids[c] = (float) (sum / count);
      }
    }
    return centroids;
  }

  static int[] naiveCodes(float[][] points, float[] centroids) {
    int dimensions = points[0].length;
    int[] codes = new int[points.length];
    for (int p = 0; p < points.length; p++) {
      double best = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centroids.length / dimensions; c++) {
        double distance = 0;
        for (int d = 0; d < dimensions; d++) {
          distance += Math.pow(points[p][d] - centroids[c * dimensions + d], 2);
        }
        codes[p] = distance < best ? c : codes[p];
        best = Math.min(best, distance);
      }
    }
    return codes;
  }
}

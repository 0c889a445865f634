package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CentroidSeedingTest {
  @Test
  void seeds_distantClusters_takeOnePointOfEach() {
    float[][] points = Points.clusters(6, 30, 4, 0.001, 9);
    float[] seeds = CentroidSeeding.seeds(points, 6, new SplittableRandom(9));

    float[][] centers = Arrays.copyOf(points, 6);
    float[] flat = new float[6 * 4];
    for (int cluster = 0; cluster < 6; cluster++) {
      System.arraycopy(centers[cluster], 0, flat, cluster * 4, 4);
    }
    float[][] chosen = new float[6][];
    Arrays.setAll(chosen, code -> Arrays.copyOfRange(seeds, code * 4, code * 4 + 4));
    TreeSet<Integer> met = new TreeSet<>();
    Arrays.stream(KMeansTest.naiveCodes(chosen, flat)).forEach(met::add);
    assertEquals(6, met.size());
  }

  @Test
  void seeds_fewerPointsThanCentroids_repeatTheFirst() {
    float[][] points = {{1, 1}, {2, 2}};
    float[] seeds = CentroidSeeding.seeds(points, 4, new SplittableRandom(1));

    assertArrayEquals(Arrays.copyOf(seeds, 2), Arrays.copyOfRange(seeds, 4, 6));
    assertArrayEquals(Arrays.copyOf(seeds, 2), Arrays.copyOfRange(seeds, 6, 8));
  }

  @Test
  void seeds_morePointsThanTheSample_areAmongThePoints() {
    float[][] points = Points.gaussian(4 * CentroidSeeding.SAMPLE_PER_CENTROID + 5, 3, 1);
    float[] seeds = CentroidSeeding.seeds(points, 4, new SplittableRandom(1));

    for (int code = 0; code < 4; code++) {
      float[] seed = Arrays.copyOfRange(seeds, code * 3, code * 3 + 3);
      assertEquals(1, Arrays.stream(points).filter(point -> Arrays.equals(point, seed)).count());
    }
  }
}

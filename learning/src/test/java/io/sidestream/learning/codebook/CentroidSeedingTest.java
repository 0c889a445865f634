package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
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
  void seeds_formerClusters_beginAtTheirMeansAndOthersFarFromThem() {
    float[][] points = {{0, 0}, {2, 0}, {10, 4}, {12, 4}, {90, 90}, {90, 90}};
    int[] former = {2, 2, 0, 0, -1, -1};
    float[] seeds = CentroidSeeding.seeds(points, former, 4, new SplittableRandom(1));

    assertArrayEquals(new float[] {11, 4}, Arrays.copyOfRange(seeds, 0, 2));
    assertArrayEquals(new float[] {1, 0}, Arrays.copyOfRange(seeds, 4, 6));
    TreeSet<Float> drawn = new TreeSet<>(List.of(seeds[2], seeds[6]));
    assertEquals(90, drawn.last(), "what is far from all means is drawn first");
  }

  @Test
  void seeds_formerClustersOfAllPoints_spareCentroidsRepeatTheFirst() {
    float[][] points = {{1, 1}, {1, 1}, {7, 7}};
    float[] seeds = CentroidSeeding.seeds(points, new int[] {1, 1, 3}, 5, new SplittableRandom(1));

    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 7, 7, 1, 1}, seeds);
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

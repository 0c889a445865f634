package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelClustersTest {
  private static final int WIDTH = 24;
  private static final float[][] POINTS =
      LeadingDirectionsTest.alongSome(LeadingDirections.SAMPLE + 500, 8);
  private static final int[] NONE = new int[POINTS.length];

  static {
    Arrays.fill(NONE, -1);
  }

  /** Law: what the first iterations leave out costs next to nothing. */
  @Test
  void of_pointsAlongFewDirections_loseNoMoreThanByKMeansInAllDimensions() {
    for (long seed = 1; seed <= 2; seed++) {
      LevelClusters found = clusters(NONE, POINTS.length, seed);
      float[] seeds = CentroidSeeding.seeds(POINTS, WIDTH, new SplittableRandom(seed));
      try (PointChunks chunks = PointChunks.of(POINTS, Device.CPU)) {
        NearestCentroids nearest = new NearestCentroids(chunks, WIDTH);
        float[] plain = KMeans.fit(POINTS, seeds, 20, nearest::codes);
        double error = error(found.centroids(), found.codes());
        double ofPlain = error(plain, nearest.codes(plain));
        assertTrue(error < 1.01 * ofPlain, "seed " + seed + ": " + error + ", " + ofPlain);
        assertArrayEquals(nearest.codes(found.centroids()), found.codes());
      }
    }
  }

  @Test
  void of_boundedLoads_areKept() {
    int most = (POINTS.length + WIDTH - 1) / WIDTH;
    int[] uses = new int[WIDTH];
    for (int code : clusters(NONE, most, 4).codes()) {
      uses[code]++;
    }
    assertTrue(Arrays.stream(uses).max().orElseThrow() <= most, Arrays.toString(uses));
  }

  @Test
  void of_sameSeed_givesTheSameClusters() {
    LevelClusters one = clusters(NONE, POINTS.length, 5);
    LevelClusters other = clusters(NONE, POINTS.length, 5);
    assertArrayEquals(one.centroids(), other.centroids());
    assertArrayEquals(one.codes(), other.codes());
  }

  /** Along few directions some would move, though in all dimensions none does. */
  @Test
  void of_formerClustersThatSettled_stay() {
    int[] found = clusters(NONE, POINTS.length, 6).codes();
    int[] settled = of(found, POINTS.length, 300, 6).codes();
    assertArrayEquals(settled, of(settled, POINTS.length, 20, 7).codes());
  }

  private static LevelClusters clusters(int[] former, int most, long seed) {
    return of(former, most, 20, seed);
  }

  private static LevelClusters of(int[] former, int most, int iterations, long seed) {
    LevelClusters.Task task = new LevelClusters.Task(WIDTH, iterations, most, Device.CPU);
    return LevelClusters.of(POINTS, former, task, new SplittableRandom(seed));
  }

  private static double error(float[] centroids, int[] codes) {
    double error = 0;
    for (int point = 0; point < codes.length; point++) {
      error +=
          QuantizationError.squaredDistance(
              POINTS[point], centroids, codes[point] * POINTS[point].length);
    }
    return error;
  }
}

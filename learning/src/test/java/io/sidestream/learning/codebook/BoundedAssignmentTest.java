package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundedAssignmentTest {
  @Test
  void codes_boundNotReached_areTheNearest() {
    float[] distances = {3, 1, 2, 0, 5, 5, 2, 2, 9};
    assertArrayEquals(new int[] {1, 0, 0}, BoundedAssignment.codes(distances, 3, 3));
  }

  @Test
  void codes_fullCentroid_keepsTheNearestPoints() {
    float[] distances = {2, 9, 1, 9, 3, 9, 4, 5};
    assertArrayEquals(new int[] {0, 0, 1, 1}, BoundedAssignment.codes(distances, 2, 2));
  }

  /** No point and centroid would both rather have each other, and no centroid is overfull. */
  @Test
  void codes_random_areStableAndWithinTheBound() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int points = 1 + random.nextInt(60);
      int width = 1 + random.nextInt(9);
      int most = (points + width - 1) / width + random.nextInt(3);
      float[] distances = new float[points * width];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = random.nextInt(12);
      }
      assertStable(distances, width, most, seed);
    }
  }

  private static void assertStable(float[] distances, int width, int most, long seed) {
    int[] codes = BoundedAssignment.codes(distances, width, most);
    int[] loads = new int[width];
    for (int code : codes) {
      loads[code]++;
    }
    for (int point = 0; point < codes.length; point++) {
      assertTrue(loads[codes[point]] <= most, "seed " + seed);
      for (int code = 0; code < width; code++) {
        boolean rather = distances[point * width + code] < distances[point * width + codes[point]];
        boolean wanted = loads[code] < most || keepsFarther(distances, width, codes, code, point);
        assertFalse(rather && wanted, "seed " + seed + ", point " + point + ", code " + code);
      }
    }
  }

  private static boolean keepsFarther(
      float[] distances, int width, int[] codes, int code, int point) {
    for (int other = 0; other < codes.length; other++) {
      boolean farther = distances[other * width + code] > distances[point * width + code];
      if (codes[other] == code && farther) {
        return true;
      }
    }
    return false;
  }
}

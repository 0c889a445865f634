package io.sidestream.model.codes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualCodebookTest {
  private static final CodebookShape SHAPE = new CodebookShape(3, 8);
  private static final int DIMENSIONS = 5;

  @Test
  void encode_tie_takesTheLowerCode() {
    float[][] twins = {{1, 0, 1, 0}, {0, 0, 0, 0}};
    ResidualCodebook codebook = new ResidualCodebook(new CodebookShape(2, 2), 2, twins);
    assertArrayEquals(new int[] {0, 0}, codebook.encode(new float[] {1, 0}));
  }

  @Test
  void encode_twoLevelsByHand_takesNearestThenNearestOfWhatIsLeft() {
    float[][] centroids = {{0, 0, 10, 0}, {0, 1, 0, -1}};
    ResidualCodebook codebook = new ResidualCodebook(new CodebookShape(2, 2), 2, centroids);
    assertArrayEquals(new int[] {1, 1}, codebook.encode(new float[] {9, -2}));
    assertArrayEquals(new float[] {10, -1}, codebook.decode(new int[] {1, 1}));
  }

  @Test
  void encode_everyLevel_noOtherCodeLeavesLess() {
    long seed = System.nanoTime();
    System.out.println("encode_everyLevel_noOtherCodeLeavesLess seed " + seed);
    Random random = new Random(seed);
    ResidualCodebook codebook = random(random);
    for (int round = 0; round < 200; round++) {
      float[] vector = gaussian(random, DIMENSIONS);
      int[] codes = codebook.encode(vector);
      float[] residual = vector.clone();
      for (int level = 0; level < codes.length; level++) {
        float[] level0 = codebook.centroids(level);
        double chosen = distance(residual, level0, codes[level]);
        for (int code = 0; code < SHAPE.width(); code++) {
          assertTrue(chosen <= distance(residual, level0, code), "level " + level);
        }
        for (int d = 0; d < DIMENSIONS; d++) {
          residual[d] -= level0[codes[level] * DIMENSIONS + d];
        }
      }
      float[] decoded = codebook.decode(codes);
      for (int d = 0; d < DIMENSIONS; d++) {
        assertEquals(vector[d] - residual[d], decoded[d], 1e-5);
      }
    }
  }

  @Test
  void decode_withAZeroCentroidPerLevel_isNeverFartherThanTheFirstCentroid() {
    long seed = System.nanoTime();
    System.out.println(
        "decode_withAZeroCentroidPerLevel_isNeverFartherThanTheFirstCentroid seed " + seed);
    Random random = new Random(seed);
    float[][] centroids = randomCentroids(random);
    for (int level = 1; level < centroids.length; level++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        centroids[level][d] = 0;
      }
    }
    ResidualCodebook codebook = new ResidualCodebook(SHAPE, DIMENSIONS, centroids);
    for (int round = 0; round < 200; round++) {
      float[] vector = gaussian(random, DIMENSIONS);
      int[] codes = codebook.encode(vector);
      double whole = distance(vector, codebook.decode(codes), 0);
      double first = distance(vector, centroids[0], codes[0]);
      assertTrue(whole <= first + 1e-5, whole + " after all levels, " + first + " after one");
    }
  }

  @Test
  void margin_nearlyATie_isTheDifferenceAndTwinsDoNotCount() {
    float[][] centroids = {{0, 0, 2, 0, 2, 0}, {0, 0, 5, 0, 0, 9}};
    ResidualCodebook codebook = new ResidualCodebook(new CodebookShape(2, 3), 2, centroids);
    assertEquals(1, codebook.encode(new float[] {1.25f, 0})[0]);
    assertEquals(1.25 * 1.25 - 0.75 * 0.75, codebook.margin(new float[] {1.25f, 0}), 1e-6);
  }

  @Test
  void encode_otherLength_isRefused() {
    ResidualCodebook codebook = random(new Random(1));
    assertThrows(IllegalArgumentException.class, () -> codebook.encode(new float[4]));
    assertThrows(IllegalArgumentException.class, () -> codebook.decode(new int[2]));
  }

  @Test
  void constructor_arraysChangedLater_keepsItsOwn() {
    float[][] centroids = randomCentroids(new Random(2));
    ResidualCodebook codebook = new ResidualCodebook(SHAPE, DIMENSIONS, centroids);
    float before = codebook.centroids(0)[0];
    centroids[0][0] += 1;
    codebook.centroids(0)[0] += 1;
    assertEquals(before, codebook.centroids(0)[0]);
  }

  private static ResidualCodebook random(Random random) {
    return new ResidualCodebook(SHAPE, DIMENSIONS, randomCentroids(random));
  }

  private static float[][] randomCentroids(Random random) {
    float[][] centroids = new float[SHAPE.levels()][];
    for (int level = 0; level < centroids.length; level++) {
      centroids[level] = gaussian(random, SHAPE.width() * DIMENSIONS);
    }
    return centroids;
  }

  private static float[] gaussian(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static double distance(float[] vector, float[] centroids, int code) {
    double sum = 0;
    for (int d = 0; d < vector.length; d++) {
      double difference = vector[d] - centroids[code * vector.length + d];
      sum += difference * difference;
    }
    return sum;
  }
}

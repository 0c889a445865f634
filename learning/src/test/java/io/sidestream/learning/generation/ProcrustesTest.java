package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.vectors.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcrustesTest {
  private static final double ANGLE = 0.7;

  @Test
  void rotation_rotatedVectors_isTheRotation() {
    float[][] from = random(50, 3, 1);
    float[][] to = new float[50][];
    for (int i = 0; i < to.length; i++) {
      to[i] = turned(from[i]);
    }

    Matrix rotation = Procrustes.rotation(from, to);

    float[] sum = new float[3];
    rotation.multiplyAdd(new float[] {1, 2, 3}, sum);
    assertArrayEquals(turned(new float[] {1, 2, 3}), sum, 1e-5f);
  }

  @Test
  void rotation_noisyTargets_keepsLengths() {
    Matrix rotation = Procrustes.rotation(random(40, 5, 1), random(40, 5, 2));

    float[] vector = {1, -2, 3, 0.5f, 4};
    float[] sum = new float[5];
    rotation.multiplyAdd(vector, sum);
    assertEquals(length(vector), length(sum), 1e-5);
  }

  @Test
  void rotation_otherNumberOfTargetsOrNone_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Procrustes.rotation(random(2, 3, 1), random(3, 3, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> Procrustes.rotation(new float[0][], new float[0][]));
  }

  @Test
  void rotation_moreDimensionsThanItMay_isRefused() {
    float[][] wide = new float[1][Procrustes.MAX_DIMENSIONS + 1];

    assertThrows(IllegalArgumentException.class, () -> Procrustes.rotation(wide, wide));
  }

  /** Around the third axis. */
  private static float[] turned(float[] vector) {
    double cos = Math.cos(ANGLE);
    double sin = Math.sin(ANGLE);
    return new float[] {
      (float) (cos * vector[0] - sin * vector[1]),
      (float) (sin * vector[0] + cos * vector[1]),
      vector[2]
    };
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += value * value;
    }
    return Math.sqrt(square);
  }

  private static float[][] random(int rows, int dimensions, long seed) {
    Random random = new Random(seed);
    float[][] all = new float[rows][dimensions];
    for (float[] row : all) {
      for (int d = 0; d < dimensions; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return all;
  }
}

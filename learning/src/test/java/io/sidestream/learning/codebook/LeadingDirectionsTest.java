package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeadingDirectionsTest {
  private static final int DIMENSIONS = LeadingDirections.LEAST_DIMENSIONS;

  @Test
  void of_pointsAlongFewDirections_findsThese() {
    float[][] matrix = matrix(directions(alongSome(LeadingDirections.SAMPLE, 5)).orElseThrow());
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertEquals(i == j ? 1 : 0, dot(matrix[i], matrix[j]), 1e-4, i + " and " + j);
      }
    }
    double kept = 0;
    double all = 0;
    for (float[] point : alongSome(100, 6)) {
      for (float[] direction : matrix) {
        kept += Math.pow(dot(point, direction), 2);
      }
      all += dot(point, point);
    }
    assertTrue(matrix.length <= 20, matrix.length + " directions");
    assertTrue(kept / all > 0.85, "kept " + kept / all);
  }

  @Test
  void of_pointsThatSpreadEverywhere_findsNone() {
    assertTrue(directions(Points.gaussian(LeadingDirections.SAMPLE, DIMENSIONS, 1)).isEmpty());
  }

  @Test
  void of_equalPoints_findsNone() {
    assertTrue(directions(new float[LeadingDirections.SAMPLE][DIMENSIONS]).isEmpty());
  }

  @Test
  void of_fewPointsOrDimensions_findsNone() {
    float[][] points = alongSome(LeadingDirections.SAMPLE, 5);
    float[][] fewer = Arrays.copyOf(points, points.length - 1);
    float[][] shorter = new float[points.length][];
    for (int row = 0; row < points.length; row++) {
      shorter[row] = Arrays.copyOf(points[row], DIMENSIONS - 1);
    }
    assertTrue(directions(fewer).isEmpty());
    assertTrue(directions(shorter).isEmpty());
    assertTrue(directions(points).isPresent());
  }

  /** Twenty directions, all dimensions at once, and some noise. */
  static float[][] alongSome(int count, long seed) {
    float[][] directions = Points.gaussian(20, DIMENSIONS, 99);
    float[][] along = Points.gaussian(count, directions.length, seed);
    float[][] points = Points.gaussian(count, DIMENSIONS, seed + 1);
    for (int row = 0; row < count; row++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        points[row][d] *= 0.3f;
        for (int i = 0; i < directions.length; i++) {
          points[row][d] += along[row][i] * directions[i][d];
        }
      }
    }
    return points;
  }

  private static Optional<float[]> directions(float[][] points) {
    return LeadingDirections.of(points, new SplittableRandom(3), Device.CPU);
  }

  /** Shape [direction][dimension]. */
  private static float[][] matrix(float[] flat) {
    float[][] matrix = new float[flat.length / DIMENSIONS][DIMENSIONS];
    for (int i = 0; i < flat.length; i++) {
      matrix[i % matrix.length][i / matrix.length] = flat[i];
    }
    return matrix;
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (double) one[d] * other[d];
    }
    return sum;
  }
}

package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveDefiniteTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 130, 200})
  void inverse_timesMatrix_isIdentity(int n) {
    double[][] matrix = matrix(n, new Random(n));
    double[][] inverse = PositiveDefinite.inverse(copy(matrix));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[i][k] * inverse[k][j];
        }
        assertEquals(i == j ? 1 : 0, sum, 1e-9);
      }
    }
  }

  @Test
  void inverse_indefinite_isRefused() {
    double[][] matrix = {{1, 2}, {2, 1}};
    assertThrows(IllegalArgumentException.class, () -> PositiveDefinite.inverse(matrix));
  }

  private static double[][] matrix(int n, Random random) {
    double[][] factor = new double[n][n];
    for (double[] row : factor) {
      for (int k = 0; k < n; k++) {
        row[k] = random.nextGaussian();
      }
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          matrix[i][j] += factor[i][k] * factor[j][k];
        }
      }
    }
    return matrix;
  }

  static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}

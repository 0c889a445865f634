package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {
  @Test
  void of_knownMatrix_givesItsValues() {
    SymmetricEigen eigen = SymmetricEigen.of(new DMatrixRMaj(new double[][] {{2, 1}, {1, 2}}));
    assertArrayEquals(new double[] {3, 1}, eigen.values(2), 1e-12);
    assertEquals(Math.sqrt(0.5), Math.abs(eigen.vectors(1).get(0, 0)), 1e-12);
  }

  @Test
  void of_randomMatrix_isRebuiltFromItsParts() {
    int n = 20;
    SplittableRandom random = new SplittableRandom(3);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = matrix[j][i] = random.nextDouble() - 0.5;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(new DMatrixRMaj(matrix));
    DMatrixRMaj vectors = eigen.vectors(n);
    double[] values = eigen.values(n);
    double[][] rebuilt = new double[n][n];
    for (int e = 0; e < n; e++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          rebuilt[i][j] += values[e] * vectors.get(i, e) * vectors.get(j, e);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      assertArrayEquals(matrix[i], rebuilt[i], 1e-10);
    }
  }

  @Test
  void withFixedSigns_negativeLargestComponent_turnsTheColumn() {
    DMatrixRMaj columns = new DMatrixRMaj(new double[][] {{1, 3}, {-2, -1}});
    assertArrayEquals(new double[] {-1, 3, 2, -1}, SymmetricEigen.withFixedSigns(columns).data);
  }
}

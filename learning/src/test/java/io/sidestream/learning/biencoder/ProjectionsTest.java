package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Vectors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
  @Test
  void principal_vectorsInAPlane_keepTheirInnerProducts() {
    SplittableRandom random = new SplittableRandom(3);
    Matrix plane = Projections.orthogonal(4, 20, random);
    float[][] vectors = new float[50][20];
    for (float[] vector : vectors) {
      for (int d = 0; d < 4; d++) {
        float share = (float) random.nextGaussian();
        for (int e = 0; e < 20; e++) {
          vector[e] += share * plane.values()[d * 20 + e];
        }
      }
    }

    Matrix map = Projections.principal(vectors, 4, random);

    for (int row = 1; row < vectors.length; row++) {
      assertEquals(
          Vectors.dot(vectors[0], vectors[row]),
          Vectors.dot(mapped(map, vectors[0]), mapped(map, vectors[row])),
          1e-3);
    }
  }

  @Test
  void principal_fewerVectorsThanDimensions_hasOrthonormalRows() {
    float[][] vectors = {{1, 0, 0, 0, 0, 0}, {0, 2, 0, 0, 0, 0}};

    assertOrthonormalRows(Projections.principal(vectors, 4, new SplittableRandom(1)));
  }

  @Test
  void principal_moreDimensionsThanTheVectors_keepsInnerProducts() {
    float[][] vectors = {{1, 2, 3}, {3, -1, 0.5f}};
    Matrix map = Projections.principal(vectors, 5, new SplittableRandom(1));

    assertEquals(
        Vectors.dot(vectors[0], vectors[1]),
        Vectors.dot(mapped(map, vectors[0]), mapped(map, vectors[1])),
        1e-5);
  }

  @Test
  void orthogonal_moreColumnsThanRows_hasOrthonormalRows() {
    assertOrthonormalRows(Projections.orthogonal(7, 30, new SplittableRandom(2)));
  }

  @Test
  void orthogonal_sameSeed_givesTheSameMatrix() {
    assertArrayEquals(
        Projections.orthogonal(5, 5, new SplittableRandom(2)).values(),
        Projections.orthogonal(5, 5, new SplittableRandom(2)).values());
  }

  private static void assertOrthonormalRows(Matrix map) {
    for (int a = 0; a < map.rows(); a++) {
      for (int b = 0; b < map.rows(); b++) {
        double dot = 0;
        for (int c = 0; c < map.columns(); c++) {
          dot += map.values()[a * map.columns() + c] * map.values()[b * map.columns() + c];
        }
        assertEquals(a == b ? 1 : 0, dot, 1e-5);
      }
    }
  }

  private static float[] mapped(Matrix map, float[] vector) {
    float[] sum = new float[map.rows()];
    map.multiplyAdd(vector, sum);
    return sum;
  }
}

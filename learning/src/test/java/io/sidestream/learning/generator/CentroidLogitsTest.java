package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CentroidLogitsTest {
  private static final int DIMENSIONS = 6;
  private static final CodebookShape SHAPE = new CodebookShape(2, 5);

  @Test
  void of_codebook_scoresACodeByItsCentroid() {
    SplittableRandom random = new SplittableRandom(21);
    float[][] centroids = new float[SHAPE.levels()][SHAPE.width() * DIMENSIONS];
    for (float[] level : centroids) {
      fill(level, random);
    }
    float[] vector = new float[DIMENSIONS];
    fill(vector, random);
    ResidualCodebook codebook = new ResidualCodebook(SHAPE, DIMENSIONS, centroids);
    float[] weights = CentroidLogits.of(codebook, 0.1).weights();
    for (int level = 0; level < SHAPE.levels(); level++) {
      for (int code = 0; code < SHAPE.width(); code++) {
        double score = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
          score += vector[d] * weights[(level * DIMENSIONS + d) * SHAPE.width() + code];
        }
        int from = code * DIMENSIONS;
        float[] centroid = Arrays.copyOfRange(centroids[level], from, from + DIMENSIONS);
        assertEquals(Vectors.dot(vector, centroid) / 0.1, score, 1e-4);
      }
    }
  }

  @Test
  void unknown_scoresNothing() {
    GeneratorShape shape = Fixture.shape(2, 8, 12);
    assertArrayEquals(new float[2 * Fixture.VECTOR * 8], CentroidLogits.zero(shape).weights());
  }

  @Test
  void of_temperatureZero_isRefused() {
    float[][] centroids = new float[SHAPE.levels()][SHAPE.width() * DIMENSIONS];
    ResidualCodebook codebook = new ResidualCodebook(SHAPE, DIMENSIONS, centroids);
    assertThrows(IllegalArgumentException.class, () -> CentroidLogits.of(codebook, 0));
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
  }
}

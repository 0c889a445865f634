package io.sidestream.learning.quantizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.Points;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.SemanticId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KMeansQuantizersTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 8);
  private static final float[][] VECTORS = Points.clusters(8, 30, 6, 0.3, 2);

  @Test
  void plain_codes_areTheNearestOfTheirMeans() {
    Quantized quantized = fit(ResidualKMeansQuantizer.plain(SHAPE), 1);
    float[] centroids = quantized.codebook(VECTORS).centroids(0);
    for (int row = 0; row < VECTORS.length; row++) {
      assertEquals(nearest(centroids, VECTORS[row]), quantized.codes()[row][0], "row " + row);
    }
  }

  @Test
  void balanced_codes_nameAtMostTwiceTheirShare() {
    float[][] skewed = Points.clusters(8, 30, 6, 0.3, 2);
    for (int row = 0; row < 150; row++) {
      skewed[row] = skewed[0].clone();
      skewed[row][0] += row * 1e-4f;
    }
    Quantized quantized =
        ResidualKMeansQuantizer.balanced(SHAPE).fit(skewed, 1, TrainingProgress.NONE);
    for (int level = 0; level < 2; level++) {
      int[] uses = new int[8];
      for (int[] codes : quantized.codes()) {
        uses[codes[level]]++;
      }
      assertTrue(Arrays.stream(uses).max().orElseThrow() <= 60, Arrays.toString(uses));
    }
  }

  @Test
  void plain_reconstruction_isWhatTheCodesStandFor() {
    Quantized quantized = fit(ResidualKMeansQuantizer.plain(SHAPE), 1);
    double flat = left(fit(new FlatKMeans(8, 20), 1));
    double residual = left(quantized);
    assertTrue(residual < flat, residual + " after two levels, " + flat + " after one");
  }

  @Test
  void flat_separateClusters_areTheCodes() {
    float[][] separate = Points.clusters(8, 30, 6, 0.01, 2);
    Quantized quantized = new FlatKMeans(8, 20).fit(separate, 1, TrainingProgress.NONE);
    assertEquals(new CodebookShape(1, 8), quantized.shape());
    assertEquals(8, CodeUsage.of(quantized.shape(), quantized.codes()).distinctIds());
    for (int row = 8; row < VECTORS.length; row++) {
      assertEquals(quantized.codes()[row % 8][0], quantized.codes()[row][0]);
    }
  }

  @Test
  void flat_moreCodesThanVectorsOrThanMayBe_areCut() {
    float[][] few = Points.gaussian(3, 2, 1);
    Quantized quantized = new FlatKMeans(100, 5).fit(few, 1, TrainingProgress.NONE);
    assertEquals(new CodebookShape(1, 3), quantized.shape());
    assertEquals(512, FlatKMeans.asManyTokensAs(CodebookShape.DEFAULT).codes());
    assertThrows(IllegalArgumentException.class, () -> new FlatKMeans(1, 5));
    assertThrows(IllegalArgumentException.class, () -> new FlatKMeans(SemanticId.MAX_WIDTH + 1, 5));
  }

  @Test
  void product_partsInClustersOfTheirOwn_areCodedApart() {
    float[][] vectors = new float[32][3];
    for (int row = 0; row < vectors.length; row++) {
      vectors[row] = new float[] {row % 4, 10 * (row / 4 % 2), 5 * (row / 8)};
    }
    CodebookShape shape = new CodebookShape(2, 8);
    Quantized quantized = ProductQuantizer.of(shape).fit(vectors, 1, TrainingProgress.NONE);
    assertEquals(0, QuantizationError.squared(vectors, quantized.reconstruction()), 1e-6);
    for (int row = 4; row < vectors.length; row++) {
      assertEquals(quantized.codes()[row % 4][0], quantized.codes()[row][0], "row " + row);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ProductQuantizer.of(shape).fit(new float[4][1], 1, TrainingProgress.NONE));
  }

  @Test
  void fit_twice_givesEqualCodes() {
    Quantizer quantizer = ResidualKMeansQuantizer.balanced(SHAPE);
    assertArrayEquals(fit(quantizer, 3).codes(), fit(quantizer, 3).codes());
  }

  private static Quantized fit(Quantizer quantizer, long seed) {
    return quantizer.fit(VECTORS, seed, TrainingProgress.NONE);
  }

  private static double left(Quantized quantized) {
    return QuantizationError.squared(VECTORS, quantized.reconstruction());
  }

  private static int nearest(float[] centroids, float[] vector) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int code = 0; code < centroids.length / vector.length; code++) {
      double sum = 0;
      for (int d = 0; d < vector.length; d++) {
        double difference = (double) vector[d] - centroids[code * vector.length + d];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        best = code;
      }
    }
    return best;
  }
}

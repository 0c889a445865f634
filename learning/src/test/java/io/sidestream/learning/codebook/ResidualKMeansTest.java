package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResidualKMeansTest {
  private static final CodebookShape SHAPE = new CodebookShape(3, 16);
  private static final int ITERATIONS = 12;

  @Test
  void fit_levels_neverRaiseTheQuantizationError() {
    for (long seed = 1; seed <= 5; seed++) {
      float[][] vectors = Points.gaussian(300, 12, seed);
      double above = 1;
      for (double error : errors(fit(vectors, SHAPE, seed), vectors)) {
        assertTrue(error <= above, "seed " + seed + ": " + error);
        above = error;
      }
    }
  }

  @Test
  void fit_spreadVectors_useEveryCode() {
    float[][] vectors = Points.gaussian(600, 12, 7);

    for (CodeUsage.Level level : usage(fit(vectors, SHAPE, 7), vectors).levels()) {
      assertEquals(16, level.usedCodes());
    }
  }

  @Test
  void fit_separateClusters_becomeTheFirstCode() {
    float[][] vectors = Points.clusters(16, 20, 8, 0.01, 3);
    ResidualCodebook codebook = fit(vectors, SHAPE, 3);

    for (int cluster = 0; cluster < 16; cluster++) {
      int code = codebook.encode(vectors[cluster])[0];
      for (int row = cluster; row < vectors.length; row += 16) {
        assertEquals(code, codebook.encode(vectors[row])[0]);
      }
    }
    assertTrue(errors(codebook, vectors)[0] < 0.01);
  }

  @Test
  void fit_fewerVectorsThanWidth_codesEachExactly() {
    float[][] vectors = Points.gaussian(5, 6, 11);
    ResidualCodebook codebook = fit(vectors, SHAPE, 11);

    CodeUsage usage = usage(codebook, vectors);
    assertEquals(5, usage.distinctIds());
    for (float[] vector : vectors) {
      assertArrayEquals(vector, codebook.decode(codebook.encode(vector)), 1e-5f);
    }
  }

  @Test
  void fit_identicalVectors_shareOneId() {
    float[][] vectors = new float[40][];
    Arrays.fill(vectors, new float[] {0.6f, -0.8f, 0});
    CodeUsage usage = usage(fit(vectors, SHAPE, 1), vectors);

    assertEquals(1, usage.distinctIds());
    assertEquals(40, usage.largestBucket());
    assertEquals(1, usage.collisionRate());
    assertEquals(0, errors(fit(vectors, SHAPE, 1), vectors)[0], 1e-12);
  }

  @Test
  void fit_oneVector_works() {
    float[][] vectors = {{1, 2, 3}};

    assertEquals(1, usage(fit(vectors, SHAPE, 1), vectors).distinctIds());
  }

  @Test
  void fit_sameSeed_givesTheSameCentroids() {
    float[][] vectors = Points.gaussian(5000, 10, 5);
    ResidualCodebook first = fit(vectors, SHAPE, 5);
    ResidualCodebook second = fit(vectors, SHAPE, 5);

    for (int level = 0; level < SHAPE.levels(); level++) {
      assertArrayEquals(first.centroids(level), second.centroids(level));
    }
  }

  @Test
  void fit_unbounded_codesAreTheNearest() {
    float[][] vectors = Points.gaussian(200, 10, 6);
    FittedCodebook fitted = fit(vectors, SHAPE, Double.POSITIVE_INFINITY, 6);
    for (int row = 0; row < vectors.length; row++) {
      assertArrayEquals(fitted.codebook().encode(vectors[row]), fitted.codes()[row]);
    }
  }

  /** Plain k-means gave one code of the second level three quarters of such a catalogue. */
  @Test
  void fit_boundedLoad_usesEveryLevelEvenlyInManyDimensions() {
    float[][] vectors = Points.gaussian(400, 96, 8);
    CodebookShape wide = new CodebookShape(2, 100);
    FittedCodebook plain = fit(vectors, wide, Double.POSITIVE_INFINITY, 8);
    FittedCodebook bounded = fit(vectors, wide, 2, 8);
    double plainVaried = perplexity(plain, 1);
    double boundedVaried = perplexity(bounded, 1);
    assertTrue(boundedVaried > 50, "perplexity " + boundedVaried);
    assertTrue(plainVaried < boundedVaried, plainVaried + " is not below " + boundedVaried);
    for (int level = 0; level < wide.levels(); level++) {
      int[] uses = new int[wide.width()];
      for (int[] id : bounded.codes()) {
        uses[id[level]]++;
      }
      assertTrue(Arrays.stream(uses).max().orElseThrow() <= 8, Arrays.toString(uses));
    }
  }

  private static double perplexity(FittedCodebook fitted, int level) {
    return CodeUsage.of(fitted.codebook().shape(), fitted.codes()).levels().get(level).perplexity();
  }

  /** Converged clusters are where k-means begins and where it stays. */
  @Test
  void fit_itsOwnCodesAsFormerOnes_changeNothing() {
    float[][] vectors = Points.gaussian(200, 10, 12);
    FittedCodebook fitted = converged(vectors, new int[200][0]);
    FittedCodebook again = converged(vectors, fitted.codes());
    assertArrayEquals(fitted.codes(), again.codes());
    assertArrayEquals(
        fitted.codebook().decode(fitted.codes()), again.codebook().decode(again.codes()));
  }

  @Test
  void fit_formerCodesOfOtherNumbers_giveTheSameClustersUnderThose() {
    float[][] vectors = Points.gaussian(300, 10, 13);
    int[][] former = converged(Points.gaussian(300, 10, 14), new int[300][0]).codes();
    int[][] other = opposite(former);
    assertArrayEquals(
        opposite(converged(vectors, former).codes()), converged(vectors, other).codes());
  }

  @Test
  void fit_formerCodesOfVectorsThatMoved_areKeptByMostAtNoHigherError() {
    float[][] before = Points.clusters(40, 10, 12, 0.7, 15);
    int[][] former = converged(before, new int[400][0]).codes();
    float[][] vectors = moved(before, 0.15, 16);
    for (int row = 0; row < former.length; row += 10) {
      former[row] = new int[0]; // a tenth is new
    }
    FittedCodebook begun = converged(vectors, former);
    FittedCodebook fromSeeds = CodeMatching.align(converged(vectors, new int[400][0]), former);
    assertTrue(kept(begun.codes(), former) > 0.9, "kept " + kept(begun.codes(), former));
    assertTrue(kept(begun.codes(), former) > kept(fromSeeds.codes(), former));
    double error = errors(begun.codebook(), vectors)[0];
    assertTrue(error < 1.05 * errors(fromSeeds.codebook(), vectors)[0], "error " + error);
  }

  @Test
  void fit_formerCodesOfFewerItems_areRefused() {
    assertEquals(
        "former codes of 1 items, expected 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> converged(new float[][] {{1}, {2}}, new int[1][0]))
            .getMessage());
  }

  private static FittedCodebook converged(float[][] vectors, int[][] former) {
    return ResidualKMeans.fit(vectors, former, SHAPE, 200, 2, 1, Device.CPU, TrainingProgress.NONE);
  }

  private static int[][] opposite(int[][] codes) {
    return Arrays.stream(codes)
        .map(id -> Arrays.stream(id).map(code -> SHAPE.width() - 1 - code).toArray())
        .toArray(int[][]::new);
  }

  private static float[][] moved(float[][] vectors, double by, long seed) {
    float[][] moved = Points.gaussian(vectors.length, vectors[0].length, seed);
    for (int row = 0; row < moved.length; row++) {
      for (int d = 0; d < moved[row].length; d++) {
        moved[row][d] = (float) (vectors[row][d] + by * moved[row][d]);
      }
    }
    return moved;
  }

  /** Share of the items with former codes that keep the first. */
  private static double kept(int[][] codes, int[][] former) {
    return CodeAlignment.Kept.of(codes, former, SHAPE.levels()).codes().get(0);
  }

  @Test
  void fit_loadBelowOne_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> fit(Points.gaussian(10, 2, 1), SHAPE, 0.5, 1));
  }

  @Test
  void fit_inputVectors_stayAsTheyWere() {
    float[][] vectors = Points.gaussian(50, 4, 2);
    fit(vectors, SHAPE, 2);

    assertArrayEquals(Points.gaussian(50, 4, 2), vectors);
  }

  @Test
  void fit_badVectors_areNamed() {
    assertEquals("no vectors to quantize, expected 1 or more", refusal(new float[0][]));
    assertEquals("vector 1 has 1 dimensions, expected 2", refusal(new float[][] {{1, 2}, {3}}));
    assertEquals(
        "vector 0 holds NaN, expected finite numbers", refusal(new float[][] {{Float.NaN}}));
  }

  private static String refusal(float[][] vectors) {
    return assertThrows(IllegalArgumentException.class, () -> fit(vectors, SHAPE, 1)).getMessage();
  }

  private static ResidualCodebook fit(float[][] vectors, CodebookShape shape, long seed) {
    return fit(vectors, shape, Double.POSITIVE_INFINITY, seed).codebook();
  }

  private static FittedCodebook fit(
      float[][] vectors, CodebookShape shape, double maxLoad, long seed) {
    return ResidualKMeans.fit(vectors, shape, ITERATIONS, maxLoad, seed, TrainingProgress.NONE);
  }

  private static CodeUsage usage(ResidualCodebook codebook, float[][] vectors) {
    return CodeUsage.of(codebook.shape(), codes(codebook, vectors));
  }

  private static double[] errors(ResidualCodebook codebook, float[][] vectors) {
    return QuantizationError.relativeByLevel(codebook, vectors, codes(codebook, vectors));
  }

  private static int[][] codes(ResidualCodebook codebook, float[][] vectors) {
    return Arrays.stream(vectors).map(codebook::encode).toArray(int[][]::new);
  }
}

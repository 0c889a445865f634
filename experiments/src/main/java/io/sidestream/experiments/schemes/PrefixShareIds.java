package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.model.codes.CodebookShape;
import java.io.IOException;

/** Two IDs for each item that share their first code and end with a code of their task. */
final class PrefixShareIds implements IdScheme {
  /*
   * Three codebooks, one of them shared, as published: the first level clusters both specialists'
   * vectors joined; below it, each task clusters the residuals of its own vectors. The paper does
   * not say how its shared codebook is learned; this reading treats both spaces alike. The
   * quantizer argument does not apply: the levels are k-means.
   */
  private static final CodebookShape LEVEL = new CodebookShape(1, CodebookShape.DEFAULT.width());
  private static final int ITERATIONS = 20;

  @Override
  public String name() {
    return "prefix-share";
  }

  @Override
  public TaskIds ids(EmbeddingSpaces spaces, Quantizer quantizer, long seed) throws IOException {
    float[][] search = spaces.searchTuned().unitItems();
    float[][] recommendation = spaces.recommendationTuned().unitItems();
    int[] shared = column(cluster(ConcatenatedVectors.of(search, recommendation), seed).codes());
    Level below = Level.of(search, shared, seed + 1);
    Level other = Level.of(recommendation, shared, seed + 2);
    int width = LEVEL.width();
    return new TaskIds(
        new CodebookShape(2, 2 * width),
        joined(shared, below.codes()),
        CodeOffsets.from(joined(shared, other.codes()), 1, width),
        width + 2 * width,
        (below.error() + other.error()) / 2,
        other.reconstructions());
  }

  private static FittedCodebook cluster(float[][] vectors, long seed) {
    return ResidualKMeans.fit(
        vectors, LEVEL, ITERATIONS, Double.POSITIVE_INFINITY, seed, TrainingProgress.NONE);
  }

  private static int[] column(int[][] codes) {
    int[] column = new int[codes.length];
    for (int row = 0; row < column.length; row++) {
      column[row] = codes[row][0];
    }
    return column;
  }

  private static int[][] joined(int[] first, int[] second) {
    int[][] joined = new int[first.length][];
    for (int row = 0; row < joined.length; row++) {
      joined[row] = new int[] {first[row], second[row]};
    }
    return joined;
  }

  /** A task's second level. */
  private record Level(int[] codes, double error, float[][] reconstructions) {
    static Level of(float[][] vectors, int[] shared, long seed) {
      float[][] means = means(vectors, shared);
      float[][] residuals = new float[vectors.length][];
      for (int row = 0; row < vectors.length; row++) {
        residuals[row] = minus(vectors[row], means[shared[row]]);
      }
      FittedCodebook fitted = cluster(residuals, seed);
      float[][] reconstructed = new float[vectors.length][];
      for (int row = 0; row < vectors.length; row++) {
        float[] offset = fitted.codebook().decode(fitted.codes()[row]);
        reconstructed[row] = plus(means[shared[row]], offset);
      }
      return new Level(
          column(fitted.codes()),
          QuantizationError.relative(vectors, reconstructed),
          reconstructed);
    }

    private static float[][] means(float[][] vectors, int[] shared) {
      float[][] means = new float[LEVEL.width()][vectors[0].length];
      int[] counts = new int[LEVEL.width()];
      for (int row = 0; row < vectors.length; row++) {
        counts[shared[row]]++;
        means[shared[row]] = plus(means[shared[row]], vectors[row]);
      }
      for (int code = 0; code < means.length; code++) {
        for (int d = 0; d < means[code].length; d++) {
          means[code][d] /= Math.max(1, counts[code]);
        }
      }
      return means;
    }

    private static float[] plus(float[] a, float[] b) {
      float[] sum = a.clone();
      for (int d = 0; d < sum.length; d++) {
        sum[d] += b[d];
      }
      return sum;
    }

    private static float[] minus(float[] a, float[] b) {
      float[] difference = a.clone();
      for (int d = 0; d < difference.length; d++) {
        difference[d] -= b[d];
      }
      return difference;
    }
  }
}

package io.sidestream.trainer.codebook;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.trainer.TrainingProgress;
import java.util.Locale;
import java.util.SplittableRandom;

/** Learns a codebook level by level: each level clusters what the levels above left over. */
public final class ResidualKMeans {
  /*
   * Plain k-means per level, on the residuals of greedy encoding, instead of a trained quantizer (RQ-VAE [1]): nothing to
   * tune, no collapse, seconds on a CPU, and the residual energy cannot rise: a centroid is the mean of its points, and a
   * mean is no farther from them, in sum of squares, than the origin. [1] Rajput et al. 2023, arXiv 2305.05065, section
   * 3.1; k-means for the same purpose: Deng et al. 2025, arXiv 2502.18965, section 3.2
   */
  private ResidualKMeans() {}

  /**
   * Fits a codebook. Same arguments, same codebook.
   *
   * @param vectors at least one, all of one length; there may be fewer than the codebook is wide
   * @param iterations at most so many per level; fewer when nothing moves any more
   */
  public static ResidualCodebook fit(
      float[][] vectors,
      CodebookShape shape,
      int iterations,
      long seed,
      TrainingProgress progress) {
    int dimensions = checkedDimensions(vectors);
    check(iterations > 0, "k-means of %d iterations, expected 1 or more", iterations);
    progress.stage(
        "codebook",
        String.format(
            Locale.ROOT,
            "%,d vectors, %d levels of %d",
            vectors.length,
            shape.levels(),
            shape.width()));
    SplittableRandom random = new SplittableRandom(seed);
    Residuals residuals = Residuals.of(vectors);
    float[][] centroids = new float[shape.levels()][];
    for (int level = 0; level < centroids.length; level++) {
      centroids[level] = level(residuals, shape.width(), iterations, random.split());
      progress.step(level + 1, shape.levels());
    }
    progress.finished("codebook", left(residuals, vectors));
    return new ResidualCodebook(shape, dimensions, centroids);
  }

  private static float[] level(
      Residuals residuals, int width, int iterations, SplittableRandom random) {
    float[][] points = residuals.rows();
    float[] seeds = CentroidSeeding.seeds(points, width, random);
    try (NearestCentroids nearest = NearestCentroids.of(points, width)) {
      float[] centroids = KMeans.fit(points, seeds, iterations, nearest::codes);
      int[] codes = nearest.codes(centroids);
      residuals.subtract(centroids, row -> codes[row]);
      return centroids;
    }
  }

  private static int checkedDimensions(float[][] vectors) {
    check(vectors.length > 0, "no vectors to cluster, expected 1 or more");
    int dimensions = vectors[0].length;
    check(dimensions > 0, "vectors have 0 dimensions, expected 1 or more");
    for (int row = 0; row < vectors.length; row++) {
      check(
          vectors[row].length == dimensions,
          "vector %d has %d dimensions, expected %d",
          row,
          vectors[row].length,
          dimensions);
      for (float value : vectors[row]) {
        check(Float.isFinite(value), "vector %d holds %s, expected finite numbers", row, value);
      }
    }
    return dimensions;
  }

  private static String left(Residuals residuals, float[][] vectors) {
    double whole = Squares.sum(vectors);
    double share = whole == 0 ? 0 : residuals.energy() / whole;
    return String.format(Locale.ROOT, "residual energy %.3f", share);
  }
}

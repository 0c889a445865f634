package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** Residual k-means: each level clusters the residuals of the levels above. */
public final class ResidualKMeans {
  /*
   * Plain k-means per level, on the residuals of greedy encoding, instead of a trained quantizer
   * (RQ-VAE [1]): nothing to tune, no collapse, seconds on a CPU, and the quantization error cannot
   * rise with the levels: a centroid is the mean of its points, and a mean is no farther from them,
   * in sum of squares, than the origin. Loads are bounded (BoundedAssignment), so corpus items keep
   * the codes they were fitted with; an item that comes later takes the nearest centroids.
   *
   * Where items had codes before, each level begins at the means of its former clusters, as their
   * items lie now below the levels above: of the many solutions of k-means one near the former is
   * found, and most items keep their cluster. [1] Rajput et al. 2023, arXiv 2305.05065, section
   * 3.1; k-means for the same purpose: Deng et al. 2025, arXiv 2502.18965, section 3.2
   */
  private ResidualKMeans() {}

  /** Fits a codebook on a processor. */
  public static FittedCodebook fit(
      float[][] vectors,
      CodebookShape shape,
      int iterations,
      double maxLoad,
      long seed,
      TrainingProgress progress) {
    return fit(vectors, shape, iterations, maxLoad, seed, Device.CPU, progress);
  }

  /** Fits a codebook to items without former codes. */
  public static FittedCodebook fit(
      float[][] vectors,
      CodebookShape shape,
      int iterations,
      double maxLoad,
      long seed,
      Device device,
      TrainingProgress progress) {
    int[][] none = new int[vectors.length][0];
    return fit(vectors, none, shape, iterations, maxLoad, seed, device, progress);
  }

  /**
   * Fits a codebook. Same arguments, same codebook.
   *
   * @param vectors at least one, all of one length; there may be fewer than the codebook is wide
   * @param former codes of each vector in a codebook of the same shape, where its clusters begin,
   *     (N, L); of length 0 for a vector without
   * @param iterations at most, per level; fewer when nothing moves any more
   * @param maxLoad how many vectors a code may name, in multiples of even use; at least 1, and
   *     infinity for plain k-means
   * @param device that measures distances
   */
  public static FittedCodebook fit(
      float[][] vectors,
      int[][] former,
      CodebookShape shape,
      int iterations,
      double maxLoad,
      long seed,
      Device device,
      TrainingProgress progress) {
    int dimensions = VectorChecks.dimensions(vectors);
    checkEqual(former.length, vectors.length, "former codes of %d items");
    check(iterations > 0, "k-means of %d iterations, expected 1 or more", iterations);
    check(maxLoad >= 1, "load of a code is at most %s, expected 1 or more", maxLoad);
    int most = (int) Math.min(vectors.length, Math.ceil(maxLoad * vectors.length / shape.width()));
    progress.stage(
        "codebook", "%,d vectors, %d levels of %d", vectors.length, shape.levels(), shape.width());
    SplittableRandom random = new SplittableRandom(seed);
    Residuals residuals = Residuals.of(vectors);
    LevelClusters.Task task = new LevelClusters.Task(shape.width(), iterations, most, device);
    float[][] centroids = new float[shape.levels()][];
    int[][] codes = new int[vectors.length][shape.levels()];
    for (int level = 0; level < centroids.length; level++) {
      LevelClusters found =
          LevelClusters.of(residuals.rows(), column(former, level), task, random.split());
      residuals.subtract(found.centroids(), row -> found.codes()[row]);
      centroids[level] = found.centroids();
      for (int row = 0; row < codes.length; row++) {
        codes[row][level] = found.codes()[row];
      }
      progress.step(level + 1, shape.levels());
    }
    progress.finished("codebook", error(residuals, vectors));
    return new FittedCodebook(new ResidualCodebook(shape, dimensions, centroids), codes);
  }

  /** Codes of one level, (N); -1 for an item without. */
  static int[] column(int[][] codes, int level) {
    return Arrays.stream(codes).mapToInt(id -> id.length == 0 ? -1 : id[level]).toArray();
  }

  private static String error(Residuals residuals, float[][] vectors) {
    double squares = QuantizationError.squaredLengths(residuals.rows());
    return String.format(
        Locale.ROOT,
        "relative quantization error %.3f",
        QuantizationError.relative(squares, vectors));
  }
}

package io.sidestream.learning.quantizer;

import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import java.util.List;

/**
 * Residual k-means: each level clusters what the levels above left over.
 *
 * @param iterations at most, per level
 * @param maxLoad how many vectors a code may name, in multiples of even use; infinite is the plain
 *     method
 */
public record ResidualKMeansQuantizer(
    String name, CodebookShape shape, int iterations, double maxLoad) implements Quantizer {
  /*
   * Plain: the quantizer of arXiv 2508.10478, there by FAISS. Balanced: a code names a bounded
   * number of vectors, by deferred acceptance instead of the greedy order of [1]. [1] Deng et al.
   * 2025, OneRec, arXiv 2502.18965, section 3.2
   */
  private static final int ITERATIONS = 20;
  private static final double LOAD = 2;

  /** RQ-KMeans, 20 iterations. */
  public static ResidualKMeansQuantizer plain(CodebookShape shape) {
    return new ResidualKMeansQuantizer("RQ-KMeans", shape, ITERATIONS, Double.POSITIVE_INFINITY);
  }

  /** A code names at most twice as many vectors as if all were used alike. */
  public static ResidualKMeansQuantizer balanced(CodebookShape shape) {
    return new ResidualKMeansQuantizer("balanced RQ-KMeans", shape, ITERATIONS, LOAD);
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    FittedCodebook fitted = ResidualKMeans.fit(vectors, shape, iterations, maxLoad, seed, progress);
    float[][] reconstruction = fitted.codebook().decode(fitted.codes());
    return new Quantized(shape, fitted.codes(), reconstruction, List.of());
  }
}

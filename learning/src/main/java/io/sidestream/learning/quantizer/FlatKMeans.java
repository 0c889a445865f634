package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.SemanticId;

/**
 * One level of k-means: an item's whole ID is one token.
 *
 * @param codes how many clusters, 2 to 65,536; no more than there are vectors
 * @param iterations at most
 */
record FlatKMeans(int codes, int iterations) implements Quantizer {
  /*
   * As many clusters as a residual codebook has tokens in all, by default 2 x 256, so that the
   * generator learns as many new tokens; as many clusters as a residual codebook has IDs would
   * leave one item in each. Lloyd 1982, IEEE Transactions on Information Theory 28
   */
  private static final int ITERATIONS = 20;

  public FlatKMeans {
    checkRange(codes, 2, SemanticId.MAX_WIDTH, "flat k-means of %d codes");
  }

  /** As many codes as a codebook of this shape has tokens, 20 iterations. */
  public static FlatKMeans asManyTokensAs(CodebookShape shape) {
    return new FlatKMeans(
        Math.min(SemanticId.MAX_WIDTH, shape.levels() * shape.width()), ITERATIONS);
  }

  @Override
  public String name() {
    return "flat k-means";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    CodebookShape shape = new CodebookShape(1, Math.max(2, Math.min(codes, vectors.length)));
    return new ResidualKMeansQuantizer(name(), shape, iterations, Double.POSITIVE_INFINITY)
        .fit(vectors, seed, progress);
  }
}

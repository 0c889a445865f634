package io.sidestream.trainer.collaborative;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.PairCount;
import java.util.List;

/** Learns a vector for each item from the counts of items met together. */
public final class CollaborativeVectors {
  /** Largest number of dimensions: the small eigenproblem is cubic in it. */
  public static final int MAX_DIMENSIONS = 512;

  private final int dimensions;
  private final Weighting weighting;
  private final double eigenvaluePower;
  private final int iterations;

  /**
   * @param dimensions C, 2 to {@value #MAX_DIMENSIONS}
   * @param eigenvaluePower by which power of its eigenvalue a dimension is scaled; 0.5 gives back
   *     the weighted counts as inner products
   */
  public CollaborativeVectors(
      int dimensions, Weighting weighting, double eigenvaluePower, int iterations) {
    check(
        dimensions >= 2 && dimensions <= MAX_DIMENSIONS,
        "%d collaborative dimensions, expected 2 to %d",
        dimensions,
        MAX_DIMENSIONS);
    this.dimensions = dimensions;
    this.weighting = weighting;
    this.eigenvaluePower = eigenvaluePower;
    this.iterations = iterations;
  }

  /**
   * Unit vectors, row i for items.get(i), shape [item][C]; all zero for an item without counts.
   * Where there are fewer items than dimensions, the dimensions beyond them are zero.
   */
  public float[][] learn(List<ItemId> items, List<PairCount> counts, long seed) {
    CoOccurrence matrix = weighting.weigh(CoOccurrence.of(items, counts));
    float[][] vectors = new float[items.size()][dimensions];
    if (items.isEmpty()) {
      return vectors;
    }
    LeadingEigenvectors leading =
        LeadingEigenvectors.of(matrix, shift(matrix), dimensions, iterations, seed);
    double[] sums = matrix.sums();
    for (int row = 0; row < vectors.length; row++) {
      if (sums[row] > 0) {
        fill(vectors[row], leading, row);
      }
    }
    return vectors;
  }

  /** Zero: what is on the diagonal is each item with itself, of which nothing was counted. */
  private static double[] shift(CoOccurrence matrix) {
    return new double[matrix.rows()];
  }

  private void fill(float[] vector, LeadingEigenvectors leading, int row) {
    double norm = 0;
    double[] scaled = new double[vector.length];
    for (int d = 0; d < leading.values().length; d++) {
      double scale = Math.pow(Math.max(0, leading.values()[d]), eigenvaluePower);
      scaled[d] = leading.vectors()[d][row] * scale;
      norm += scaled[d] * scaled[d];
    }
    for (int d = 0; d < vector.length && norm > 0; d++) {
      vector[d] = (float) (scaled[d] / Math.sqrt(norm));
    }
  }
}

package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.PairCount;
import java.util.List;

/** Item vectors by spectral factorization of co-occurrence counts. */
public final class CollaborativeVectors {
  /*
   * The leading eigenvectors of log(1 + count), each scaled by the fourth root of its eigenvalue,
   * rows made unit. Chosen by recall against cosine, PMI and other powers on three data sets
   * (docs/decisions/010): the logarithm keeps popular items near popular items, which normalization
   * by the items' sums removes; the fourth root lies between factors that reconstruct the counts
   * (1/2) and whitened ones (0), which overweight the small dimensions.
   */
  /** Largest number of dimensions: the small eigenproblem is cubic in it. */
  public static final int MAX_DIMENSIONS = 512;

  private static final double EIGENVALUE_POWER = 0.25;
  private static final int ITERATIONS = 6;

  private final int dimensions;

  /**
   * @param dimensions C, 2 to {@value #MAX_DIMENSIONS}
   */
  public CollaborativeVectors(int dimensions) {
    checkRange(dimensions, 2, MAX_DIMENSIONS, "%d collaborative dimensions");
    this.dimensions = dimensions;
  }

  /**
   * Unit vectors, row i for items.get(i), shape [item][C]; all zero for an item without counts.
   * Where there are fewer items than dimensions, the dimensions beyond them are zero.
   */
  public float[][] learn(List<ItemId> items, List<PairCount> counts, long seed) {
    float[][] vectors = new float[items.size()][dimensions];
    if (items.isEmpty()) {
      return vectors;
    }
    CoOccurrence matrix = CoOccurrence.of(items, counts);
    CoOccurrence logarithms = matrix.map(Math::log1p);
    LeadingEigenvectors leading =
        LeadingEigenvectors.of(matrix.rows(), logarithms::times, dimensions, ITERATIONS, seed);
    double[] sums = matrix.sums();
    for (int row = 0; row < vectors.length; row++) {
      if (sums[row] > 0) {
        fill(vectors[row], leading, row);
      }
    }
    return vectors;
  }

  private static void fill(float[] vector, LeadingEigenvectors leading, int row) {
    double norm = 0;
    double[] scaled = new double[vector.length];
    for (int d = 0; d < leading.count(); d++) {
      double scale = Math.pow(Math.max(0, leading.value(d)), EIGENVALUE_POWER);
      scaled[d] = leading.component(row, d) * scale;
      norm += scaled[d] * scaled[d];
    }
    for (int d = 0; d < vector.length && norm > 0; d++) {
      vector[d] = (float) (scaled[d] / Math.sqrt(norm));
    }
  }
}

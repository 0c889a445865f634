package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.collaborative.AlternatingLeastSquares;
import io.sidestream.learning.collaborative.CollaborativeVectors;

/**
 * What the item tower reads beside an item's text.
 *
 * @param dimensions C, 2 to 512
 */
public record CollaborativeSettings(Source source, int dimensions) {
  /*
   * Least squares use interactions of users and items; counts use co-occurrences within a window,
   * which need no user ids. Alpha, regularization and iterations of the former: docs/decisions/040.
   */
  private static final double ALPHA = 10;
  private static final double REGULARIZATION = 50;
  private static final int ITERATIONS = 8;
  private static final int CONJUGATE_STEPS = 3;

  /** Where the vectors come from. */
  public enum Source {
    /** Counts of items met together. */
    COUNTS,
    /** Who met what, by alternating least squares. */
    LEAST_SQUARES
  }

  public CollaborativeSettings {
    checkRange(dimensions, 2, CollaborativeVectors.MAX_DIMENSIONS, "%d collaborative dimensions");
  }

  /** How the factors are learned where they come from least squares. */
  public AlternatingLeastSquares.Settings leastSquares() {
    return new AlternatingLeastSquares.Settings(
        dimensions, ALPHA, REGULARIZATION, 0, ITERATIONS, Math.min(CONJUGATE_STEPS, dimensions));
  }
}

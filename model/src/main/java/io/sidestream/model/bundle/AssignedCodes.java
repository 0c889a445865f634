package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import java.util.Optional;

/** Whether the codes of all items are those of their vectors, by what they leave of them. */
public final class AssignedCodes {
  /*
   * Codes of the corpus are not always the nearest centroids: their loads are bounded. So they
   * cannot be computed again, but what is left of each vector can, and codes, vectors and centroids
   * of different trainings leave more. The sum is made in one order, so that it is equal to the
   * last digit on every machine.
   */
  private AssignedCodes() {}

  /** Squares of the residuals over squares of the vectors; 0 without items. */
  public static double error(ResidualCodebook codebook, Assignments assignments) {
    double left = 0;
    double all = 0;
    for (int row = 0; row < assignments.size(); row++) {
      float[] vector = assignments.vectors()[row];
      float[] centroids = codebook.decode(assignments.codes()[row]);
      for (int d = 0; d < vector.length; d++) {
        double residual = vector[d] - centroids[d];
        left += residual * residual;
        all += (double) vector[d] * vector[d];
      }
    }
    return all == 0 ? left : left / all;
  }

  static void verify(
      ResidualCodebook codebook, Assignments assignments, Optional<Manifest.Expected> expected) {
    double found = error(codebook, assignments);
    check(
        found <= 1, // a centroid is a mean: it leaves no more than there was
        "codes leave %s of the items' vectors, expected at most 1",
        found);
    expected.ifPresent(
        stated ->
            check(
                found == stated.quantizationError(),
                "codes leave %s of the items' vectors, manifest says %s",
                found,
                stated.quantizationError()));
  }
}

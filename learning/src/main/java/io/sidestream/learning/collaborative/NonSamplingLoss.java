package io.sidestream.learning.collaborative;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;

/**
 * The squared error of hᵀ(p ⊙ q) over all items for each user of a batch: 1 for an interaction, 0
 * with a smaller weight elsewhere.
 *
 * <p>Legend: B users, N items, Y pairs with interactions, C dimensions.
 */
final class NonSamplingLoss {
  /*
   * sum over interactions of (1 - s)^2 + c0 sum over others of s^2 = sum over interactions of (1 -
   * c0) s^2 - 2 s + 1, plus c0 sum over all pairs of s^2; and the sum over all pairs is sum_ij h_i
   * h_j (P'P)_ij (Q'Q)_ij, which takes (B + N) C^2 instead of B N C. [1] Chen et al. 2020,
   * Efficient neural matrix factorization without sampling for recommendation, ACM TOIS 38, theorem
   * 3.1 and equation 11. The constant Y is kept, so that the loss is exactly that sum.
   */
  static final String ITEMS = "items"; // (N, C)
  static final String USERS = "users"; // (users, C)
  static final String LAYER = "layer"; // (C)

  private NonSamplingLoss() {}

  /**
   * @param users vectors of the batch, after dropout, shape (B, C)
   * @param positions of the users of the interactions within the batch, shape [Y], at least one
   * @param rows of the items of the interactions, shape [Y]
   * @param negativeWeight c0
   * @return shape ()
   */
  static NDArray of(
      TrainingStep step, NDArray users, long[] positions, long[] rows, double negativeWeight) {
    NDArray items = step.weight(ITEMS); // (N, C)
    NDArray layer = step.weight(LAYER); // (C)
    NDArray left = SafeMath.lookUp(users, step.indices(positions, positions.length)); // (Y, C)
    NDArray right = SafeMath.lookUp(items, step.indices(rows, rows.length)); // (Y, C)
    NDArray scores = left.mul(right).mul(layer).sum(new int[] {1}); // (Y)
    NDArray met =
        SafeMath.multiply(scores.square(), 1 - negativeWeight)
            .sub(SafeMath.multiply(scores, 2))
            .sum(); // ()
    NDArray grams = users.transpose().matMul(users).mul(items.transpose().matMul(items)); // (C, C)
    NDArray all = grams.mul(layer).sum(new int[] {1}).mul(layer).sum(); // ()
    NDArray constant = step.floats(new float[] {rows.length}); // ()
    return SafeMath.multiply(all, negativeWeight).add(met).add(constant);
  }
}

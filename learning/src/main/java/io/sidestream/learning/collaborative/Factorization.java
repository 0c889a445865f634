package io.sidestream.learning.collaborative;

import java.util.List;

/**
 * A vector for each user and item whose dot product says how likely they meet. All zero for a user
 * or an item without events.
 *
 * @param users shape [user][C]
 * @param items shape [row][C]
 * @param losses after each iteration or epoch, first to last
 */
public record Factorization(float[][] users, float[][] items, List<Double> losses) {
  public Factorization {
    losses = List.copyOf(losses);
  }
}

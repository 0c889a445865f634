package io.sidestream.learning.collaborative;

import java.util.List;

/**
 * Vectors of users and items; their dot product scores an interaction. All zero for a user or an
 * item without events. Arrays are not copied: they have a row for every user and item.
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

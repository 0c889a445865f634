package io.sidestream.experiments.trials;

import static io.sidestream.schemas.Checks.check;

/**
 * Where the wanted items of a group's cases stand, case by case; {@link Integer#MAX_VALUE} where
 * one is not in the answer.
 *
 * @param items ranks among items, 0 for the best, shape [case]
 * @param ids ranks of their IDs among IDs, shape [case]; empty for a system without IDs
 */
public record Ranks(int[] items, int[] ids) {
  public Ranks {
    check(
        ids.length == 0 || ids.length == items.length,
        "%d ranks of items and %d of IDs, expected as many",
        items.length,
        ids.length);
  }
}

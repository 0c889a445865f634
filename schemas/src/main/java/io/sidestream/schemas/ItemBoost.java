package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

/**
 * Moves items that meet a condition up or down a ranking.
 *
 * @param condition an item without known attributes does not meet it
 * @param addend added to the score of each item that meets it; below 0 to move items down
 */
public record ItemBoost(ItemFilter condition, double addend) {
  /** Largest addend, and largest deduction: far beyond the range of scores. */
  public static final double MAX_ADDEND = 1_000;

  public ItemBoost {
    check(
        Math.abs(addend) <= MAX_ADDEND,
        "boost on %s has addend %s, expected %.0f to %.0f",
        condition.attribute(),
        addend,
        -MAX_ADDEND,
        MAX_ADDEND);
  }
}

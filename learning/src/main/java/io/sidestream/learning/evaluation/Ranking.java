package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

import java.util.OptionalInt;

/**
 * Rank of the relevant item of a case in an answer.
 *
 * @param item rank of the item, 0 the best, or {@link #MISSING}
 * @param id rank of its Semantic ID among those generated, likewise; empty for a system without IDs
 */
public record Ranking(int item, OptionalInt id) {
  /** Rank of what was not in the answer. */
  public static final int MISSING = Integer.MAX_VALUE;

  public Ranking {
    check(item >= 0 && id.orElse(0) >= 0, "rank is %d, id %s, expected 0 or more", item, id);
  }

  /** A ranking by a system without IDs. */
  public static Ranking ofItem(int item) {
    return new Ranking(item, OptionalInt.empty());
  }

  /** A ranking by a system that generates IDs. */
  public static Ranking of(int item, int id) {
    return new Ranking(item, OptionalInt.of(id));
  }
}

package io.sidestream.experiments.trials;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.evaluation.Ranking;
import java.util.List;

/**
 * Where the wanted items of a group's cases stand, case by case; {@link Ranking#MISSING} where one
 * is not in the answer.
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

  static Ranks of(List<Ranking> rankings) {
    boolean hasIds = rankings.stream().allMatch(ranking -> ranking.id().isPresent());
    return new Ranks(
        rankings.stream().mapToInt(Ranking::item).toArray(),
        hasIds
            ? rankings.stream().mapToInt(ranking -> ranking.id().getAsInt()).toArray()
            : new int[0]);
  }

  /** The ranking of a case. */
  Ranking ranking(int one) {
    return ids.length == 0 ? Ranking.ofItem(items[one]) : Ranking.of(items[one], ids[one]);
  }
}

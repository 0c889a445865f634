package io.sidestream.model.ranking;

import io.sidestream.schemas.RankedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best items of a ranking, in the order of maximal marginal relevance over the codes of their
 * Semantic IDs.
 *
 * @param items best first; scores fall, as they do before
 * @param factor of the score before
 * @param penalty of an item whose codes are all in common with an item before it
 * @param shares of each item: the largest share of its codes, from the first level on, in common
 *     with an item before it; [place]
 */
record DiverseItems(List<RankedItem> items, double factor, double penalty, List<Double> shares) {
  /*
   * Greedy selection of the item with the largest
   *
   *   (1 - d) s(i) - d r max over j chosen before of c(i, j)
   *
   * where d is the diversity, s the score, r the range of the scores of the list, and c the number
   * of leading codes that i and j have in common, divided by the number of levels. That is maximal
   * marginal relevance [1] with lambda = 1 - d: dividing s by r, so that both parts have the same
   * scale, and subtracting the least score change no comparison. Codes are coarse to fine, so a
   * common prefix is what a hierarchy of topics has in common; the same code below different first
   * ones means nothing. The value of each item left only falls as more are chosen, so that the
   * values of the chosen ones fall from place to place: they are the scores of the answer. Ties go
   * to the item that was ranked before.
   *
   * [1] Carbonell and Goldstein 1998, The use of MMR, diversity-based reranking for reordering
   * documents and producing summaries, SIGIR
   */

  /** How many of the best items are ranked again, and how many all pages have together. */
  static final int MAX_ITEMS = 500;

  /**
   * Ranks again, unless the diversity is 0.
   *
   * @param ranked best first; those behind the first {@value #MAX_ITEMS} are left out
   * @param places how many of the list are needed; the first ones do not depend on it
   */
  static DiverseItems of(List<RankedItem> ranked, double diversity, int places) {
    if (diversity == 0 || ranked.isEmpty()) {
      return new DiverseItems(ranked, 1, 0, List.of());
    }
    List<RankedItem> best = ranked.subList(0, Math.min(MAX_ITEMS, ranked.size()));
    double range = best.get(0).score() - best.get(best.size() - 1).score();
    return select(best, 1 - diversity, diversity * (range > 0 ? range : 1), places);
  }

  private static DiverseItems select(
      List<RankedItem> ranked, double factor, double penalty, int places) {
    int[][] codes = ranked.stream().map(item -> item.id().codes()).toArray(int[][]::new);
    double[] shares = new double[codes.length];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      left.add(i);
    }
    List<RankedItem> items = new ArrayList<>();
    List<Double> chosenShares = new ArrayList<>();
    while (!left.isEmpty() && items.size() < places) {
      int best = 0;
      double bestValue = Double.NEGATIVE_INFINITY;
      for (int place = 0; place < left.size(); place++) {
        int i = left.get(place);
        double value = factor * ranked.get(i).score() - penalty * shares[i];
        if (value > bestValue) {
          best = place;
          bestValue = value;
        }
      }
      int chosen = left.remove(best);
      RankedItem item = ranked.get(chosen);
      items.add(new RankedItem(item.item(), bestValue + 0.0, item.id())); // no score of -0.0
      chosenShares.add(shares[chosen]);
      left.forEach(i -> shares[i] = Math.max(shares[i], share(codes[i], codes[chosen])));
    }
    return new DiverseItems(items, factor, penalty, chosenShares);
  }

  /** The share of codes, from the first level on, that two IDs have in common; in [0, 1]. */
  static double share(int[] one, int[] other) {
    int different = Arrays.mismatch(one, other);
    return different < 0 ? 1 : different / (double) one.length;
  }

  /** Whether items lose by codes in common. */
  boolean isDiverse() {
    return penalty > 0;
  }

  /** The items of one page: at most k, after the first ones. */
  DiverseItems page(int offset, int k) {
    int from = Math.min(offset, items.size());
    int to = Math.min(from + k, items.size());
    return new DiverseItems(
        items.subList(from, to),
        factor,
        penalty,
        shares.isEmpty() ? shares : shares.subList(from, to));
  }
}

package io.sidestream.schemas.pairs;

import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Scores of the items that may follow a history.
 *
 * <p>score(j) = Σ over the history's last {@value #HISTORY} different items i of .85^age * n(i → j)
 * / (√(outgoing(i) + 5) * max(1, incoming(j))^.3), where the newest item has age 0 and n, outgoing
 * and incoming are in the unit of {@link Transition#ONE}.
 */
public final class TransitionScores {
  /*
   * The row norm takes weight off items that everything follows, the column norm off items that
   * follow everything; 5 and the exponent .3 keep what was seen once from ranking first. The order
   * of summation is that of the history, newest first, so equal counts give equal scores.
   */

  /** Newest items of a history that count. */
  public static final int HISTORY = 20;

  private static final double AGE_DECAY = 0.85;
  private static final double PRIOR = 5;
  private static final double POPULARITY_EXPONENT = 0.3;

  private final Function<ItemId, ItemNeighbours> neighbours;
  private final ToLongFunction<ItemId> incoming;

  /**
   * @param neighbours of an item; {@link ItemNeighbours#NONE} for an unknown one
   * @param incoming total of an item, in millionths
   */
  public TransitionScores(
      Function<ItemId, ItemNeighbours> neighbours, ToLongFunction<ItemId> incoming) {
    this.neighbours = neighbours;
    this.incoming = incoming;
  }

  /**
   * The score of each item that followed one of the history; the others have 0.
   *
   * @param history oldest first; a repeated item counts where it is newest
   */
  public Map<ItemId, Double> of(List<ItemId> history) {
    Map<ItemId, Double> scores = new HashMap<>();
    follow(history, (from, to, addend) -> scores.merge(to, addend, Double::sum));
    scores.replaceAll((item, sum) -> sum / columnNorm(incoming.applyAsLong(item)));
    return scores;
  }

  /**
   * What each item of a history gives the scores of some items; the others give nothing.
   *
   * @return by scored item and item of the history; the sum over the latter is the score
   */
  public Map<ItemId, Map<ItemId, Double>> addends(List<ItemId> history, Set<ItemId> scored) {
    Map<ItemId, Map<ItemId, Double>> addends = new HashMap<>();
    follow(
        history,
        (from, to, addend) -> {
          if (scored.contains(to)) {
            addends
                .computeIfAbsent(to, unused -> new HashMap<>())
                .put(from, addend / columnNorm(incoming.applyAsLong(to)));
          }
        });
    return addends;
  }

  private interface Following {
    void follows(ItemId from, ItemId to, double addend);
  }

  /** Each item that followed one of the history, newest first. */
  private void follow(List<ItemId> history, Following following) {
    Set<ItemId> seen = new HashSet<>();
    double weight = 1;
    for (int i = history.size() - 1; i >= 0 && seen.size() < HISTORY; i--) {
      ItemId from = history.get(i);
      if (seen.add(from)) {
        ItemNeighbours of = neighbours.apply(from);
        double row = weight / StrictMath.sqrt(units(of.outgoing()) + PRIOR);
        of.best().forEach(one -> following.follows(from, one.item(), row * units(one.count())));
        weight *= AGE_DECAY;
      }
    }
  }

  private static double columnNorm(long total) {
    return StrictMath.pow(Math.max(1, units(total)), POPULARITY_EXPONENT);
  }

  private static double units(long millionths) {
    return (double) millionths / Transition.ONE;
  }
}

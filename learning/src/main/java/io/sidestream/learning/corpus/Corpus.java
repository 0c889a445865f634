package io.sidestream.learning.corpus;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.List;
import java.util.Set;

/**
 * Items, events and pair counts up to the offsets of one training request.
 *
 * @param items sorted by id, each once
 * @param interactions those of one user in order of arrival; dislikes among them
 * @param searches in order of arrival within a partition
 * @param counts pairs of items and pairs of query and item, totals of the counting job
 * @param weights of the interactions
 */
public record Corpus(
    List<Item> items,
    List<Interaction> interactions,
    List<Search> searches,
    List<PairCount> counts,
    KindWeights weights) {
  /** Every interaction counts once. */
  public Corpus(
      List<Item> items,
      List<Interaction> interactions,
      List<Search> searches,
      List<PairCount> counts) {
    this(items, interactions, searches, counts, KindWeights.ALIKE);
  }

  public Corpus {
    items = List.copyOf(items);
    interactions = List.copyOf(interactions);
    searches = List.copyOf(searches);
    counts = List.copyOf(counts);
    for (int row = 1; row < items.size(); row++) {
      check(
          items.get(row - 1).id().compareTo(items.get(row).id()) < 0,
          "corpus items are not sorted: %s before %s",
          items.get(row - 1).id(),
          items.get(row).id());
    }
  }

  /** The same without the events and the counts of some items, which stay. */
  public Corpus without(Set<ItemId> some) {
    return new Corpus(
        items,
        interactions.stream().filter(one -> !some.contains(one.item())).toList(),
        searches.stream().filter(one -> !some.contains(one.clicked())).toList(),
        counts.stream().filter(one -> !isOf(one.pair(), some)).toList(),
        weights);
  }

  private static boolean isOf(Pair pair, Set<ItemId> some) {
    return pair instanceof Pair.ItemItem items
        ? some.contains(items.low()) || some.contains(items.high())
        : some.contains(((Pair.QueryItem) pair).item());
  }

  /** The interactions that speak for their items, as {@link Likes} says; likewise in order. */
  public List<Interaction> likes() {
    return Likes.of(interactions, weights);
  }
}

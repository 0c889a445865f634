package io.sidestream.learning.corpus;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.TransitionCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Counts pairs and transitions of events in memory, by the rule of the counting job. */
public final class PairReplay {
  private final CountingRule rule;

  public PairReplay(CountingRule rule) {
    this.rule = rule;
  }

  /** The pairs of items that these interactions made, each user's in order of arrival. */
  public Map<Pair, Long> interactions(Collection<Interaction> arrived) {
    Map<Pair, Long> totals = new HashMap<>();
    Map<UserId, RecentItems> windows = new HashMap<>();
    for (Interaction interaction : arrived) {
      RecentItems window = windows.getOrDefault(interaction.user(), RecentItems.NONE);
      CountedInteraction counted = CountedInteraction.of(interaction, rule.weights());
      long count = counted.weight();
      window
          .pairsWith(counted, rule.window())
          .forEach(pair -> totals.merge(pair, count, Long::sum));
      windows.put(interaction.user(), window.with(counted, rule.window()));
    }
    return totals;
  }

  /**
   * The neighbours of the items of these interactions, each user's in order of arrival.
   *
   * @param limit most neighbours of an item
   */
  public Map<ItemId, ItemNeighbours> neighbours(Collection<Interaction> arrived, int limit) {
    TransitionCounts counts = new TransitionCounts();
    Map<UserId, RecentItems> windows = new HashMap<>();
    for (Interaction interaction : arrived) {
      RecentItems window = windows.getOrDefault(interaction.user(), RecentItems.NONE);
      CountedInteraction counted = CountedInteraction.of(interaction, rule.weights());
      window.transitionsTo(counted, rule.window()).forEach(counts::add);
      windows.put(interaction.user(), window.with(counted, rule.window()));
    }
    return counts.best(limit);
  }

  /** The pairs of query and item of these searches. */
  public static Map<Pair, Long> searches(Collection<Search> searches) {
    Map<Pair, Long> totals = new HashMap<>();
    for (Search search : searches) {
      totals.merge(Pair.QueryItem.of(search.query(), search.clicked()), 1L, Long::sum);
    }
    return totals;
  }
}

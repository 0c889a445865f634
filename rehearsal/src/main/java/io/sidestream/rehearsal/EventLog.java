package io.sidestream.rehearsal;

import io.sidestream.datasets.sample.ChangingSample.Occurrence;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.ClickCounts;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the topics of events hold up to now, and what is counted of it as it comes. One thread. */
final class EventLog {
  /** Items that a prompt asks for: those of recall@30. */
  static final int ANSWERS = 30;

  private final CountingRule rule;
  private final CountedNeighbours neighbours;
  private final ClickCounts clicks = new ClickCounts();
  private final List<Item> items = new ArrayList<>();
  private final List<Occurrence> events = new ArrayList<>();
  private final Map<UserId, RecentItems> histories = new HashMap<>();

  EventLog(CountingRule rule, CountedNeighbours neighbours) {
    this.rule = rule;
    this.neighbours = neighbours;
  }

  /** The items, in the order in which they came. */
  List<Item> items() {
    return items;
  }

  void add(Item item) {
    items.add(item);
  }

  void add(Occurrence one) {
    events.add(one);
    one.event().fold(this::count, this::count);
  }

  /** What is counted up to now. */
  LiveCounts counts() {
    return new LiveCounts(neighbours, clicks::of);
  }

  private Search count(Search search) {
    clicks.add(Pair.QueryItem.of(search.query(), search.clicked()), 1);
    return search;
  }

  private Interaction count(Interaction interaction) {
    CountedInteraction counted = CountedInteraction.of(interaction, rule.weights());
    RecentItems history = histories.getOrDefault(interaction.user(), RecentItems.NONE);
    history.transitionsTo(counted, rule.window()).forEach(neighbours::add);
    histories.put(interaction.user(), history.with(counted, rule.window()));
    return interaction;
  }

  /** What its user would have asked just before an event; empty where no answer could hold it. */
  Optional<Prompt> before(Occurrence one) {
    return one.event()
        .fold(
            this::recommendation,
            search ->
                Optional.of(
                    new Prompt.ForSearch(search.query(), ANSWERS, Set.of(), Optional.empty())));
  }

  private Optional<Prompt> recommendation(Interaction interaction) {
    List<ItemId> history =
        histories.getOrDefault(interaction.user(), RecentItems.NONE).interactions().stream()
            .map(ItemInteraction::item)
            .toList();
    return history.isEmpty() || history.contains(interaction.item())
        ? Optional.empty()
        : Optional.of(
            new Prompt.ForRecommendation(
                history, true, ANSWERS, Set.copyOf(history), Optional.empty()));
  }

  /**
   * What a training reads.
   *
   * @param spam whether that is among it
   */
  Corpus corpus(boolean spam) {
    List<Interaction> interactions = new ArrayList<>();
    List<Search> searches = new ArrayList<>();
    for (Occurrence one : events) {
      if (spam || !one.spam()) {
        one.event().fold(interactions::add, searches::add);
      }
    }
    Map<Pair, Long> pairs = new PairReplay(rule).interactions(interactions);
    Map<Pair, Long> found = PairReplay.searches(searches);
    return new Corpus(
        items.stream().sorted(Comparator.comparing(Item::id)).toList(),
        interactions,
        searches,
        Stream.concat(pairs.entrySet().stream(), found.entrySet().stream())
            .map(each -> new PairCount(each.getKey(), each.getValue()))
            .toList(),
        rule.weights());
  }
}

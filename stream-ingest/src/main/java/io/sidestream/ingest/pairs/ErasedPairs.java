package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.Transition;
import io.sidestream.schemas.pairs.UncountedEvents;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pairs and transitions that erased users' events of one partition added to the counts. The
 * partition's records are replayed in order, by the decoders and the rule that counted them.
 */
final class ErasedPairs {
  /*
   * An erasure takes back what its user's events added since the user's erasure before it in the
   * partition, since that one took back all before. So the result depends on the log alone, and is
   * the same in each attempt.
   *
   * What the users added is in memory until the end. Where that is too much the erasures of half of
   * them are put off, and the pass goes on for the others: another pass gives theirs the same.
   */

  /** Most sums in memory, unless one erasure alone has more. */
  static final int MAX_SUMS = 500_000;

  private final CountingRule rule;
  private final EventDecoders decoders;
  private final Map<UserId, List<Replay>> byUser = new HashMap<>();
  private final List<Replay> all = new ArrayList<>();
  private final int maxSums;
  private int sums;

  /** One erasure, and what its user's events added so far. */
  private static final class Replay {
    private final Erasure erasure;
    private final Map<String, Long> added = new HashMap<>();
    private final Map<ItemId, Map<ItemId, Long>> followed = new HashMap<>();
    private final UncountedEvents uncounted;
    private RecentItems window = RecentItems.NONE;
    private int sums; // of both maps

    private Replay(Erasure erasure, CountingRule rule) {
      this.erasure = erasure;
      this.uncounted = new UncountedEvents(rule);
    }

    private void restart(int partition) {
      added.clear();
      followed.clear();
      sums = 0;
      uncounted.forget(erasure.user());
      uncounted.forget(partition, erasure.user());
      window = RecentItems.NONE;
    }

    private void interaction(CountedInteraction event, WindowLimits limits) {
      if (uncounted.isLeftOut(erasure.user().value(), event.id(), event.interaction().atMillis())) {
        return;
      }
      window.pairsWith(event, limits).forEach(pair -> add(PairKey.of(pair), event.weight()));
      window.transitionsTo(event, limits).forEach(this::add);
      window = window.with(event, limits);
    }

    private void search(CountedSearch event) {
      if (!uncounted.isSearchLeftOut(event.owner(), event.id(), event.atMillis())) {
        event.pair().ifPresent(pair -> add(pair, 1));
      }
    }

    private void add(Transition transition) {
      add(
          followed.computeIfAbsent(transition.from(), from -> new HashMap<>()),
          transition.to(),
          transition.weight());
    }

    private void takeBackTransitions(List<CountChange> taken) {
      Map<ItemId, Long> incoming = new HashMap<>();
      followed.forEach(
          (from, weights) ->
              weights.forEach(
                  (to, weight) -> {
                    taken.add(NeighbourChange.followed(from.value(), to.value(), -weight));
                    incoming.merge(to, weight, Long::sum);
                  }));
      incoming.forEach((to, sum) -> taken.add(NeighbourChange.incoming(to.value(), -sum)));
    }

    private void add(String pair, long count) {
      add(added, pair, count);
    }

    private <K> void add(Map<K, Long> counts, K key, long count) {
      int before = counts.size();
      counts.merge(key, count, Long::sum);
      sums += counts.size() - before;
    }
  }

  /**
   * @param erasures of one partition
   */
  ErasedPairs(Collection<Erasure> erasures, CountingRule rule, EventDecoders decoders) {
    this(erasures, rule, decoders, MAX_SUMS);
  }

  /**
   * @param maxSums most sums in memory
   */
  ErasedPairs(
      Collection<Erasure> erasures, CountingRule rule, EventDecoders decoders, int maxSums) {
    this.maxSums = maxSums;
    this.decoders = decoders;
    this.rule = rule;
    for (Erasure erasure : erasures) {
      Replay replay = new Replay(erasure, rule);
      all.add(replay);
      byUser.computeIfAbsent(erasure.user(), user -> new ArrayList<>()).add(replay);
    }
  }

  /** Replays a record of the topic of interactions. */
  void interaction(InboundRecord record) {
    @Nullable UserId user = owner(record);
    if (user == null) {
      return;
    }
    if (record.value().isEmpty()) {
      replay(record, user, replay -> replay.restart(record.partition()));
      return;
    }
    try {
      decoders
          .interaction(record)
          .flatMap(UserEvent::interaction)
          .ifPresent(
              event -> replay(record, user, replay -> replay.interaction(event, rule.window())));
    } catch (MalformedRecordException e) {
      return; // it was rejected, and never counted
    }
  }

  /** Replays a record of the topic of searches: they name their user, their key may not. */
  void search(InboundRecord record) {
    if (record.value().isEmpty()) {
      @Nullable UserId user = owner(record);
      if (user != null) {
        replay(record, user, replay -> replay.restart(record.partition()));
      }
      return;
    }
    try {
      Search search = decoders.searched(record);
      CountedSearch counted = EventDecoders.counted(record, search);
      search.user().ifPresent(user -> replay(record, user, replay -> replay.search(counted)));
    } catch (MalformedRecordException e) {
      return; // it was rejected, and never counted
    }
  }

  /** What to change, by erasure; those that were put off have no entry. */
  Map<Erasure, List<CountChange>> changes() {
    Map<Erasure, List<CountChange>> changes = new HashMap<>();
    for (Replay replay : all) {
      List<CountChange> taken = new ArrayList<>(replay.added.size());
      replay.added.forEach((pair, count) -> taken.add(new PairChange(pair, -count)));
      replay.takeBackTransitions(taken);
      changes.put(replay.erasure, taken);
    }
    return changes;
  }

  /** For the erasures of the user that are behind the record. */
  private void replay(InboundRecord record, UserId user, Consumer<Replay> step) {
    for (Replay replay : byUser.getOrDefault(user, List.of())) {
      if (record.offset() < replay.erasure.offset()) {
        int before = replay.sums;
        step.accept(replay);
        sums += replay.sums - before;
      }
    }
    while (sums > maxSums && all.size() > 1) {
      putOffHalf();
    }
  }

  private void putOffHalf() {
    List<Replay> later = all.subList((all.size() + 1) / 2, all.size());
    for (Replay replay : later) {
      sums -= replay.sums;
      byUser.computeIfPresent(
          replay.erasure.user(),
          (user, own) -> {
            own.remove(replay);
            return own.isEmpty() ? null : own;
          });
    }
    later.clear();
  }

  private @Nullable UserId owner(InboundRecord record) {
    try {
      UserId user = KeyedRecords.erasedUser(record.key().orElse(null));
      return byUser.containsKey(user) ? user : null;
    } catch (MalformedRecordException e) {
      return null;
    }
  }
}

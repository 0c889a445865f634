package io.sidestream.learning.evaluation;

import static java.util.Objects.requireNonNull;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.Likes;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.StableHash;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Interactions split by user: the last first interaction of a user with an item is a test, the one
 * before it for validation; everything from the earlier of the two on is held out.
 *
 * @param kept events of the sampled users before their cut, for replaying
 * @param whole all events of the sampled users, for replaying
 */
record InteractionSplit(
    List<Interaction> training,
    List<NextInteraction> validation,
    List<NextInteraction> test,
    List<Interaction> kept,
    List<Interaction> whole) {
  /*
   * Repeated interactions are no tests, because items of the history are excluded from answers.
   * They are held out all the same when they come after the cut: a repeat after the test would
   * reveal it.
   *
   * Users are chosen by the lowest hash of their ids, and validate only with one interaction more
   * than a test needs. So, as events and users come, a user is pushed out of the choice by others
   * but never drawn into it with an event that was trained on before: who has just enough
   * interactions for a test has a new one, which is the test, and the test of then validates now.
   * A generation that learned on from another is thus not tested on what that one learned. It takes
   * a loss to break this: a chosen user is erased, an item is removed, a case is disliked later.
   *
   * Events whose user later disliked the item, and dislikes, are no tests and in no history. They
   * stay among the events, since replaying needs them.
   */

  /**
   * A held-out interaction: after the history, the user interacted with the next item for the first
   * time.
   *
   * @param history rows of known items, each once, the most recent one last; at least one
   */
  record NextInteraction(UserId user, List<Integer> history, int next) {}

  static InteractionSplit of(Corpus corpus, ItemRows rows, HeldOutSettings settings, long seed) {
    Map<UserId, List<Interaction>> byUser = new TreeMap<>();
    for (Interaction one : corpus.interactions()) {
      byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(one);
    }
    List<UserId> sampled = sample(byUser, rows, corpus.weights(), settings, seed);
    Map<UserId, Integer> cuts = new HashMap<>();
    List<NextInteraction> validation = new ArrayList<>();
    List<NextInteraction> test = new ArrayList<>();
    for (UserId user : sampled) {
      List<Interaction> events = requireNonNull(byUser.get(user));
      List<Integer> firsts = firstInteractions(events, rows, corpus.weights());
      int last = firsts.get(firsts.size() - 1);
      test.add(caseAt(events, last, rows, corpus.weights()));
      cuts.put(user, last);
      if (firsts.size() > settings.minInteractions()
          && validation.size() < settings.validationUsers()) {
        int before = firsts.get(firsts.size() - 2);
        validation.add(caseAt(events, before, rows, corpus.weights()));
        cuts.put(user, before);
      }
    }
    return cut(byUser, cuts, validation, test);
  }

  /** The contribution of the held-out events to the pair counts. */
  Map<Pair, Long> pairsHeldOut(PairReplay replay) {
    Map<Pair, Long> added = replay.interactions(whole);
    replay.interactions(kept).forEach((pair, total) -> added.merge(pair, -total, Long::sum));
    added.values().removeIf(total -> total == 0);
    return added;
  }

  private static List<UserId> sample(
      Map<UserId, List<Interaction>> byUser,
      ItemRows rows,
      KindWeights weights,
      HeldOutSettings settings,
      long seed) {
    List<UserId> eligible = new ArrayList<>();
    byUser.forEach(
        (user, events) -> {
          if (firstInteractions(events, rows, weights).size() >= settings.minInteractions()) {
            eligible.add(user);
          }
        });
    eligible.sort(Comparator.comparingLong(user -> StableHash.of(user.value(), seed)));
    return eligible.subList(0, Math.min(settings.testUsers(), eligible.size()));
  }

  /** Indices of a user's first likes of each known item. */
  private static List<Integer> firstInteractions(
      List<Interaction> events, ItemRows rows, KindWeights weights) {
    Set<Interaction> likes = identities(Likes.of(events, weights));
    List<Integer> firsts = new ArrayList<>();
    Set<ItemId> seen = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      ItemId item = events.get(i).item();
      if (likes.contains(events.get(i)) && rows.row(item).isPresent() && seen.add(item)) {
        firsts.add(i);
      }
    }
    return firsts;
  }

  /** By identity: an equal event may have come before its item was disliked. */
  private static Set<Interaction> identities(List<Interaction> events) {
    Set<Interaction> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(events);
    return identities;
  }

  private static NextInteraction caseAt(
      List<Interaction> events, int at, ItemRows rows, KindWeights weights) {
    return new NextInteraction(
        events.get(at).user(),
        history(Likes.of(events.subList(0, at), weights), rows),
        rows.row(events.get(at).item()).orElseThrow());
  }

  /** The rows of the known items of these events, each once, the most recent one last. */
  private static List<Integer> history(List<Interaction> events, ItemRows rows) {
    Set<Integer> order = new LinkedHashSet<>();
    for (Interaction event : events) {
      rows.row(event.item())
          .ifPresent(
              row -> {
                order.remove(row);
                order.add(row);
              });
    }
    return List.copyOf(order);
  }

  private static InteractionSplit cut(
      Map<UserId, List<Interaction>> byUser,
      Map<UserId, Integer> cuts,
      List<NextInteraction> validation,
      List<NextInteraction> test) {
    List<Interaction> training = new ArrayList<>();
    List<Interaction> kept = new ArrayList<>();
    List<Interaction> whole = new ArrayList<>();
    byUser.forEach(
        (user, events) -> {
          List<Interaction> before = events.subList(0, cuts.getOrDefault(user, events.size()));
          training.addAll(before);
          if (cuts.containsKey(user)) {
            kept.addAll(before);
            whole.addAll(events);
          }
        });
    return new InteractionSplit(training, validation, test, kept, whole);
  }
}

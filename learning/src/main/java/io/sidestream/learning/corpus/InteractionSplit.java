package io.sidestream.learning.corpus;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Interactions taken apart: the last first meeting of a person with an item is a test, the one
 * before it for validation; all from the earlier of the two on is kept back.
 *
 * @param kept events of the sampled people before their cut, for replaying
 * @param whole all events of the sampled people, for replaying
 */
record InteractionSplit(
    List<Interaction> training,
    List<RecommendationCase> validation,
    List<RecommendationCase> test,
    List<Interaction> kept,
    List<Interaction> whole) {
  /*
   * Meetings with an item met before are no tests, because items seen are excluded from answers. They are kept back all
   * the same when they come after the cut: a repeat after the test would tell of it.
   */

  static InteractionSplit of(
      List<Interaction> interactions,
      Set<ItemId> known,
      HeldOutSettings settings,
      SplittableRandom random) {
    Map<UserId, List<Interaction>> byUser = new TreeMap<>();
    for (Interaction one : interactions) {
      byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(one);
    }
    List<UserId> sampled = sample(byUser, known, settings, random);
    Map<UserId, Integer> cuts = new HashMap<>();
    List<RecommendationCase> validation = new ArrayList<>();
    List<RecommendationCase> test = new ArrayList<>();
    for (UserId user : sampled) {
      List<Interaction> events = requireNonNull(byUser.get(user));
      List<Integer> meetings = firstMeetings(events, known);
      int last = meetings.get(meetings.size() - 1);
      int before = meetings.get(meetings.size() - 2);
      test.add(caseAt(events, last, known));
      cuts.put(user, last);
      if (validation.size() < settings.validationUsers()) {
        validation.add(caseAt(events, before, known));
        cuts.put(user, before);
      }
    }
    return cut(byUser, cuts, validation, test);
  }

  /** What the events kept back added to the counts of pairs. */
  Map<Pair, Long> pairsHeldOut(PairReplay replay) {
    Map<Pair, Long> added = replay.interactions(whole);
    replay.interactions(kept).forEach((pair, total) -> added.merge(pair, -total, Long::sum));
    added.values().removeIf(total -> total == 0);
    return added;
  }

  private static List<UserId> sample(
      Map<UserId, List<Interaction>> byUser,
      Set<ItemId> known,
      HeldOutSettings settings,
      SplittableRandom random) {
    List<UserId> eligible = new ArrayList<>();
    byUser.forEach(
        (user, events) -> {
          if (firstMeetings(events, known).size() >= settings.minMeetings()) {
            eligible.add(user);
          }
        });
    Collections.shuffle(eligible, new Random(random.nextLong()));
    return eligible.subList(0, Math.min(settings.testUsers(), eligible.size()));
  }

  /** Where a person met a known item for the first time, as indices of their events. */
  private static List<Integer> firstMeetings(List<Interaction> events, Set<ItemId> known) {
    List<Integer> meetings = new ArrayList<>();
    Set<ItemId> met = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      ItemId item = events.get(i).item();
      if (known.contains(item) && met.add(item)) {
        meetings.add(i);
      }
    }
    return meetings;
  }

  private static RecommendationCase caseAt(List<Interaction> events, int at, Set<ItemId> known) {
    return new RecommendationCase(
        events.get(at).user(), history(events.subList(0, at), known), events.get(at).item());
  }

  /** The known items of these events, each once, the one met last at the end. */
  static List<ItemId> history(List<Interaction> events, Set<ItemId> known) {
    Set<ItemId> order = new LinkedHashSet<>();
    for (Interaction event : events) {
      if (known.contains(event.item())) {
        order.remove(event.item());
        order.add(event.item());
      }
    }
    return List.copyOf(order);
  }

  private static InteractionSplit cut(
      Map<UserId, List<Interaction>> byUser,
      Map<UserId, Integer> cuts,
      List<RecommendationCase> validation,
      List<RecommendationCase> test) {
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

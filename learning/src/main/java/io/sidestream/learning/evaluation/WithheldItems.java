package io.sidestream.learning.evaluation;

import static java.util.Objects.requireNonNull;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
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
import java.util.stream.Collectors;

/**
 * Items with events that are looked at as if they had none, and their events as cases: the history
 * before an interaction, the query of a click.
 *
 * @param rows of the items
 */
public record WithheldItems(Set<Integer> rows, List<EvaluationCase> cases) {
  /** Share of the items with events that is withheld. */
  public static final double SHARE = 0.05;

  /** Most cases of a task: a standard error of .02 or less. */
  public static final int MAX_CASES = 500;

  /** Most cases of one user in a task, so that one busy user does not decide. */
  static final int MAX_PER_USER = 5;

  /** The row of no item. */
  private static final int UNKNOWN = -1;

  public WithheldItems {
    rows = Set.copyOf(rows);
    cases = List.copyOf(cases);
  }

  /**
   * Draws items and cases; equal seeds draw equal ones.
   *
   * @param most cases of each task, {@link #MAX_CASES} at most
   */
  public static WithheldItems draw(Corpus training, ItemRows rows, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] interactions = rows.interactions(training);
    float[] searches = rows.searches(training.searches());
    List<Integer> warm = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (interactions[row] > 0 || searches[row] > 0) {
        warm.add(row);
      }
    }
    shuffle(warm, random);
    Set<Integer> withheld = Set.copyOf(warm.subList(0, (int) Math.round(SHARE * warm.size())));
    int limit = Math.min(most, MAX_CASES);
    return new WithheldItems(
        withheld, cases(training, rows, withheld, limit, MAX_PER_USER, random));
  }

  /**
   * Events of some items as cases.
   *
   * @param events of which the histories are, too
   * @param most cases of a task
   * @param perUser most cases of one user in a task; searches without a user count apart
   */
  public static List<EvaluationCase> cases(
      Corpus events,
      ItemRows rows,
      Set<Integer> withheld,
      int most,
      int perUser,
      SplittableRandom random) {
    TrainingExposures exposures = new TrainingExposures(events, rows);
    List<EvaluationCase> cases = new ArrayList<>();
    searches(events.searches(), rows, withheld, perUser, random).stream()
        .limit(most)
        .forEach(search -> cases.add(exposures.search(search)));
    Map<UserId, List<Interaction>> byUser = byUser(events.likes(), rows);
    firstInteractions(byUser, rows, withheld, perUser, random).stream()
        .limit(most)
        .forEach(
            one ->
                cases.add(
                    exposures.recommendation(
                        one.user(),
                        history(requireNonNull(byUser.get(one.user())), one.at(), rows),
                        one.row())));
    return List.copyOf(cases);
  }

  private static List<Search> searches(
      List<Search> searches,
      ItemRows rows,
      Set<Integer> withheld,
      int perUser,
      SplittableRandom random) {
    List<Search> found =
        searches.stream()
            .filter(one -> withheld.contains(rows.row(one.clicked()).orElse(UNKNOWN)))
            .collect(Collectors.toCollection(ArrayList::new));
    shuffle(found, random);
    return SearchSplit.perUser(found, perUser).toList();
  }

  /** A user's interaction number {@code at}, the first with the item of a row. */
  private record FirstInteraction(UserId user, int at, int row) {}

  private static Map<UserId, List<Interaction>> byUser(
      List<Interaction> interactions, ItemRows rows) {
    Map<UserId, List<Interaction>> byUser = new TreeMap<>();
    for (Interaction one : interactions) {
      if (rows.row(one.item()).isPresent()) {
        byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(one);
      }
    }
    return byUser;
  }

  /** First interactions with withheld items that are not their user's first of all. */
  private static List<FirstInteraction> firstInteractions(
      Map<UserId, List<Interaction>> byUser,
      ItemRows rows,
      Set<Integer> withheld,
      int perUser,
      SplittableRandom random) {
    List<FirstInteraction> found = new ArrayList<>();
    byUser.forEach(
        (user, events) -> {
          Set<Integer> seen = new HashSet<>();
          for (int at = 0; at < events.size(); at++) {
            int row = rows.row(events.get(at).item()).orElseThrow();
            if (seen.add(row) && at > 0 && withheld.contains(row)) {
              found.add(new FirstInteraction(user, at, row));
            }
          }
        });
    shuffle(found, random);
    Map<UserId, Integer> taken = new HashMap<>();
    return found.stream()
        .filter(one -> taken.merge(one.user(), 1, Integer::sum) <= perUser)
        .toList();
  }

  /** The rows of the items before an event, each once, the most recent one last. */
  private static List<Integer> history(List<Interaction> events, int at, ItemRows rows) {
    Set<Integer> order = new LinkedHashSet<>();
    for (Interaction event : events.subList(0, at)) {
      int row = rows.row(event.item()).orElseThrow();
      order.remove(row);
      order.add(row);
    }
    return List.copyOf(order);
  }

  private static void shuffle(List<?> list, SplittableRandom random) {
    Collections.shuffle(list, new Random(random.nextLong()));
  }
}

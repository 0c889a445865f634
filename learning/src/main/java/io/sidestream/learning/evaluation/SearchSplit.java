package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches split by time: the latest are tests, those before them for validation, the rest for
 * training.
 *
 * @param heldOut all searches from the start of validation on, whether or not they became cases
 */
record SearchSplit(
    List<Search> training, List<Search> validation, List<Search> test, List<Search> heldOut) {

  static SearchSplit of(
      List<Search> searches, ItemRows rows, HeldOutSettings settings, SplittableRandom random) {
    List<Search> byTime =
        searches.stream().sorted(Comparator.comparing(Search::at)).toList(); // stable
    int share = (int) (settings.searchShare() * byTime.size());
    int validationFrom = byTime.size() - 2 * share;
    List<Search> training = byTime.subList(0, validationFrom);
    List<Search> validation = byTime.subList(validationFrom, validationFrom + share);
    List<Search> test = byTime.subList(validationFrom + share, byTime.size());
    return new SearchSplit(
        training,
        sample(validation, rows, settings, settings.validationSearches(), random.split()),
        sample(test, rows, settings, settings.testSearches(), random.split()),
        byTime.subList(validationFrom, byTime.size()));
  }

  private static List<Search> sample(
      List<Search> searches,
      ItemRows rows,
      HeldOutSettings settings,
      int max,
      SplittableRandom random) {
    List<Search> shuffled =
        searches.stream()
            .filter(search -> rows.row(search.clicked()).isPresent())
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return perUser(shuffled, settings.searchesPerUser()).limit(max).toList();
  }

  /** The first searches of each user, and all those without a user. */
  static Stream<Search> perUser(List<Search> searches, int max) {
    Map<UserId, Integer> taken = new HashMap<>();
    return searches.stream()
        .filter(
            search ->
                search.user().isEmpty()
                    || taken.merge(search.user().get(), 1, Integer::sum) <= max);
  }
}

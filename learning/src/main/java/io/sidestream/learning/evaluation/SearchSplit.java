package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.StableHash;
import io.sidestream.schemas.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Searches split by time: the latest are tests, those before them for validation, the rest for
 * training.
 *
 * @param heldOut all searches from the start of validation on, whether or not they became cases
 */
record SearchSplit(
    List<Search> training, List<Search> validation, List<Search> test, List<Search> heldOut) {
  /*
   * Both cuts move on by at most one search with each search that comes after the others, and never
   * back; cases are those of the lowest hash. So a search that was trained on is never held out
   * later, unless searches with earlier times arrive late.
   */

  /** Between the parts of what names a search; ids hold no control characters. */
  private static final char SEPARATOR = '\u0000';

  static SearchSplit of(List<Search> searches, ItemRows rows, HeldOutSettings settings, long seed) {
    List<Search> byTime =
        searches.stream().sorted(Comparator.comparing(Search::at)).toList(); // stable
    int testFrom = byTime.size() - (int) (settings.searchShare() * byTime.size());
    int validationFrom = byTime.size() - (int) (2 * settings.searchShare() * byTime.size());
    List<Search> training = byTime.subList(0, validationFrom);
    List<Search> validation = byTime.subList(validationFrom, testFrom);
    List<Search> test = byTime.subList(testFrom, byTime.size());
    return new SearchSplit(
        training,
        sample(validation, rows, settings, settings.validationSearches(), seed),
        sample(test, rows, settings, settings.testSearches(), seed),
        byTime.subList(validationFrom, byTime.size()));
  }

  private static List<Search> sample(
      List<Search> searches, ItemRows rows, HeldOutSettings settings, int max, long seed) {
    List<Search> byHash =
        searches.stream()
            .filter(search -> rows.row(search.clicked()).isPresent())
            .sorted(Comparator.comparingLong(search -> StableHash.of(name(search), seed))) // stable
            .toList();
    return perUser(byHash, settings.searchesPerUser()).limit(max).toList();
  }

  private static String name(Search search) {
    return search.user().map(UserId::value).orElse("")
        + SEPARATOR
        + search.at()
        + SEPARATOR
        + search.clicked()
        + SEPARATOR
        + search.query();
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

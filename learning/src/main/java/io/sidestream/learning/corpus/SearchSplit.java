package io.sidestream.learning.corpus;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches taken apart by time: the latest are tests, those before them for validation, the rest
 * are trained on.
 *
 * @param heldOut all searches from the start of validation on, whether or not they became cases
 */
record SearchSplit(
    List<Search> training,
    List<SearchCase> validation,
    List<SearchCase> test,
    List<Search> heldOut) {

  static SearchSplit of(
      List<Search> searches, Set<ItemId> known, HeldOutSettings settings, SplittableRandom random) {
    List<Search> byTime =
        searches.stream().sorted(Comparator.comparing(Search::at)).toList(); // stable
    int share = (int) (settings.searchShare() * byTime.size());
    int validationFrom = byTime.size() - 2 * share;
    List<Search> training = byTime.subList(0, validationFrom);
    List<Search> validation = byTime.subList(validationFrom, validationFrom + share);
    List<Search> test = byTime.subList(validationFrom + share, byTime.size());
    Set<Pair> met = pairs(training);
    return new SearchSplit(
        training,
        cases(validation, met, known, settings, settings.validationSearches(), random.split()),
        cases(test, met, known, settings, settings.testSearches(), random.split()),
        byTime.subList(validationFrom, byTime.size()));
  }

  private static Set<Pair> pairs(List<Search> searches) {
    return searches.stream()
        .map(PairReplay::pairOf)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static List<SearchCase> cases(
      List<Search> searches,
      Set<Pair> met,
      Set<ItemId> known,
      HeldOutSettings settings,
      int most,
      SplittableRandom random) {
    List<Search> shuffled =
        searches.stream()
            .filter(search -> known.contains(search.clicked()))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return perUser(shuffled, settings.searchesPerUser())
        .limit(most)
        .flatMap(search -> toCase(search, met).stream())
        .toList();
  }

  private static Stream<Search> perUser(List<Search> searches, int most) {
    Map<UserId, Integer> taken = new HashMap<>();
    return searches.stream()
        .filter(
            search ->
                search.user().isEmpty()
                    || taken.merge(search.user().get(), 1, Integer::sum) <= most);
  }

  private static Optional<SearchCase> toCase(Search search, Set<Pair> met) {
    return PairReplay.pairOf(search)
        .map(pair -> new SearchCase(search.query(), search.clicked(), met.contains(pair)));
  }
}

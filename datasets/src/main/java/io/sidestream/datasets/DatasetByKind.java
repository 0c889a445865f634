package io.sidestream.datasets;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A catalogue and the events of its users, searches separated by their source. Order: each list of
 * events by time, oldest first; the times of anonymous queries are synthetic.
 *
 * @param label name of the users' searches: {@code tags}, {@code searches}
 * @param userSearches searches whose user and time are known
 * @param trainQueries queries without a user, for training
 * @param testQueries queries without a user, for evaluation, later than all other events
 */
public record DatasetByKind(
    List<Item> items,
    List<Interaction> interactions,
    String label,
    List<Search> userSearches,
    List<Search> trainQueries,
    List<Search> testQueries) {
  /** The default label. */
  public static final String SEARCHES = "searches";

  public DatasetByKind {
    items = List.copyOf(items);
    interactions = List.copyOf(interactions);
    userSearches = List.copyOf(userSearches);
    trainQueries = List.copyOf(trainQueries);
    testQueries = List.copyOf(testQueries);
    check(!label.isBlank(), "label of the searches by users is blank");
    check(
        userSearches.stream().allMatch(search -> search.user().isPresent()),
        "%s hold a search without a user",
        label);
  }

  /** A data set in which each search without a user is a query for training. */
  public static DatasetByKind of(Dataset dataset) {
    return new DatasetByKind(
        dataset.items(),
        dataset.interactions(),
        SEARCHES,
        dataset.searches().stream().filter(search -> search.user().isPresent()).toList(),
        dataset.searches().stream().filter(search -> search.user().isEmpty()).toList(),
        List.of());
  }

  /** All events, with one list of searches by time. */
  Dataset merged() {
    List<Search> searches = new ArrayList<>(userSearches);
    searches.addAll(trainQueries);
    searches.addAll(testQueries);
    searches.sort(Comparator.comparing(Search::at)); // stable
    return new Dataset(items, interactions, searches);
  }
}

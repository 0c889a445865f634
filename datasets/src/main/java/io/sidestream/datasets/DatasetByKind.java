package io.sidestream.datasets;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A catalogue and what people did with it, searches told apart by where they come from. Order: each
 * list of events by time, oldest first; the times of queries are made up.
 *
 * @param label what searches by people are called: {@code tags}, {@code searches}
 * @param byPeople searches whose user and time are known
 * @param queries searches by nobody, to learn from
 * @param lateQueries searches by nobody, to judge by, later than all other events
 */
public record DatasetByKind(
    List<Item> items,
    List<Interaction> interactions,
    String label,
    List<Search> byPeople,
    List<Search> queries,
    List<Search> lateQueries) {
  /** What searches by people are called where nothing better is known. */
  public static final String SEARCHES = "searches";

  public DatasetByKind {
    items = List.copyOf(items);
    interactions = List.copyOf(interactions);
    byPeople = List.copyOf(byPeople);
    queries = List.copyOf(queries);
    lateQueries = List.copyOf(lateQueries);
    check(!label.isBlank(), "searches by people have a blank label");
    check(
        byPeople.stream().allMatch(search -> search.user().isPresent()),
        "%s hold a search by nobody",
        label);
  }

  /** A data set in which a search by nobody is a query to learn from. */
  public static DatasetByKind of(Dataset dataset) {
    return new DatasetByKind(
        dataset.items(),
        dataset.interactions(),
        SEARCHES,
        dataset.searches().stream().filter(search -> search.user().isPresent()).toList(),
        dataset.searches().stream().filter(search -> search.user().isEmpty()).toList(),
        List.of());
  }

  /** All of it, with one list of searches by time. */
  public Dataset together() {
    List<Search> searches = new ArrayList<>(byPeople);
    searches.addAll(queries);
    searches.addAll(lateQueries);
    searches.sort(Comparator.comparing(Search::at)); // stable
    return new Dataset(items, interactions, searches);
  }
}

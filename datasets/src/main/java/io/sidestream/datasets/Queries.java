package io.sidestream.datasets;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Truncation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The queries of a folder, as searches that found the film in question.
 *
 * @param train for training, spread over the time of all other events
 * @param validation for evaluation, after all other events
 */
record Queries(List<Search> train, List<Search> validation) {
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";

  private static final Comparator<Query> UNORDERED = Comparator.comparing(query -> 0);

  private record Query(String text, ItemId film) {}

  /** The queries about these films; the span is that of all other events. */
  static Queries read(Path folder, Set<ItemId> films, TimeSpan span) {
    EventDeduplicator<Query> train = new EventDeduplicator<>(films, UNORDERED);
    EventDeduplicator<Query> validation = new EventDeduplicator<>(films, UNORDERED);
    CsvTable table = CsvTable.optional(folder.resolve("queries.csv"), "split", "query", "movieId");
    table.forEach(
        row -> {
          Query query = query(row);
          (split(row) ? train : validation).add(query.film(), query, query);
        });
    train.logUnknown(table);
    validation.logUnknown(table);
    List<Query> training = train.sorted();
    return new Queries(
        timed(training, i -> span.spread(i, training.size())),
        timed(validation.sorted(), span::after));
  }

  private static boolean split(CsvRow row) {
    String split = row.text("split");
    if (!split.equals(TRAIN) && !split.equals(VALIDATION)) {
      throw row.error("split is \"%s\", expected %s or %s", split, TRAIN, VALIDATION);
    }
    return split.equals(TRAIN);
  }

  private static Query query(CsvRow row) {
    String text = Truncation.of(row.text("query"), Search.MAX_QUERY);
    return row.checked(
        () -> {
          Search search = new Search(text, Films.id(row), Optional.empty(), Instant.EPOCH);
          return new Query(search.query(), search.clicked());
        });
  }

  private static List<Search> timed(List<Query> queries, IntFunction<Instant> time) {
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Query query = queries.get(i);
      searches.add(new Search(query.text(), query.film(), Optional.empty(), time.apply(i)));
    }
    return searches;
  }
}

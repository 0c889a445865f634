package io.sidestream.datasets;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The queries of a folder, as searches that found the film which someone looked for.
 *
 * @param train to learn from, spread over the time of all other events
 * @param validation to judge by, after all other events
 */
record Queries(List<Search> train, List<Search> validation) {
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";

  private record Asked(String query, ItemId film) {}

  /** The queries about these films; the span is that of all other events. */
  static Queries read(Path folder, Set<ItemId> films, TimeSpan span) {
    EventDeduplicator<Asked> train = new EventDeduplicator<>(films);
    EventDeduplicator<Asked> validation = new EventDeduplicator<>(films);
    CsvTable table = CsvTable.optional(folder.resolve("queries.csv"), "split", "query", "movieId");
    table.forEach(
        row -> {
          Asked asked = asked(row);
          (split(row) ? train : validation).add(asked.film(), asked, asked, (a, b) -> 0);
        });
    train.logUnknown(table);
    validation.logUnknown(table);
    List<Asked> learned = train.inOrder();
    return new Queries(
        timed(learned, i -> span.spread(i, learned.size())),
        timed(validation.inOrder(), span::after));
  }

  private static boolean split(CsvRow row) {
    String split = row.text("split");
    if (!split.equals(TRAIN) && !split.equals(VALIDATION)) {
      throw row.broken("split is \"%s\", expected %s or %s", split, TRAIN, VALIDATION);
    }
    return split.equals(TRAIN);
  }

  private static Asked asked(CsvRow row) {
    String query = row.text("query");
    String cut = query.substring(0, Math.min(query.length(), Search.MAX_QUERY));
    return new Asked(cut, Films.id(row));
  }

  private static List<Search> timed(List<Asked> queries, IntFunction<Instant> time) {
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Asked asked = queries.get(i);
      searches.add(new Search(asked.query(), asked.film(), Optional.empty(), time.apply(i)));
    }
    return searches;
  }
}

package io.sidestream.datasets;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tags of a folder, as searches that found the tagged film. */
final class Tags {
  private Tags() {}

  /** The tags by time; of equal tags by one user of one film the latest counts. */
  static List<Search> read(Path folder, Set<ItemId> films) {
    EventDeduplicator<Search> tags =
        new EventDeduplicator<>(films, Comparator.comparing(Search::at));
    CsvTable table =
        CsvTable.optional(folder.resolve("tags.csv"), "userId", "movieId", "tag", "timestamp");
    table.forEach(
        row -> {
          Search tag = tag(row);
          tags.add(
              tag.clicked(),
              List.of(tag.user(), tag.clicked(), NormalizedQuery.of(tag.query())),
              tag);
        });
    tags.logUnknown(table);
    return tags.sorted();
  }

  private static Search tag(CsvRow row) {
    String words = row.text("tag");
    return row.checked(
        () ->
            new Search(
                words, Films.id(row), Optional.of(Ratings.user(row)), row.time("timestamp")));
  }
}

package io.sidestream.datasets;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The films of a folder: title with its year, genres, and an overview where there is one. */
final class Films {
  private static final String NO_GENRES = "(no genres listed)";

  private Films() {}

  /** The films in the order of their file; of two lines of one film the later counts. */
  static Map<ItemId, Item> read(Path folder) {
    Map<ItemId, Item> films = new LinkedHashMap<>();
    Map<ItemId, String> overviews = overviews(folder);
    CsvTable.required(folder.resolve("movies.csv"), "movieId", "title", "genres")
        .forEach(
            row -> {
              ItemId id = id(row);
              films.put(id, film(row, id, overviews));
            });
    return films;
  }

  /** The film id of a row. */
  static ItemId id(CsvRow row) {
    return row.checked(() -> new ItemId(row.text("movieId")));
  }

  private static Map<ItemId, String> overviews(Path folder) {
    Map<ItemId, String> overviews = new HashMap<>();
    CsvTable.optional(folder.resolve("overviews.csv"), "movieId", "overview")
        .forEach(row -> overviews.put(id(row), overview(row)));
    return overviews;
  }

  /** Its limit is that of an item's text, which is made of another file. */
  private static String overview(CsvRow row) {
    String overview = row.optionalText("overview");
    if (overview.length() > Item.MAX_TEXT) {
      throw row.error(
          "overview has %d characters, at most %d are allowed", overview.length(), Item.MAX_TEXT);
    }
    return overview;
  }

  private static Item film(CsvRow row, ItemId id, Map<ItemId, String> overviews) {
    String overview = overviews.getOrDefault(id, "");
    Map<String, String> texts = overview.isEmpty() ? Map.of() : Map.of("overview", overview);
    List<String> genres =
        Stream.of(row.optionalText("genres").split("\\|"))
            .filter(genre -> !genre.isBlank() && !genre.equals(NO_GENRES))
            .toList();
    Map<String, List<String>> attributes = genres.isEmpty() ? Map.of() : Map.of("genre", genres);
    return row.checked(() -> new Item(id, row.text("title"), texts, attributes));
  }
}

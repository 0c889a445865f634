package io.sidestream.datasets;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The ratings of a folder, as interactions weighted by the rating. */
final class Ratings {
  static final double MAX_STARS = 5;
  static final double MIN_WEIGHT = 0.1;

  private Ratings() {}

  /** The ratings by time; of several by one user of one film the latest counts. */
  static List<Interaction> read(Path folder, Set<ItemId> films) {
    EventDeduplicator<Interaction> ratings =
        new EventDeduplicator<>(films, Comparator.comparing(Interaction::at));
    CsvTable table =
        CsvTable.required(
            folder.resolve("ratings.csv"), "userId", "movieId", "rating", "timestamp");
    table.forEach(
        row -> {
          Interaction rating = rating(row);
          ratings.add(rating.item(), List.of(rating.user(), rating.item()), rating);
        });
    ratings.logUnknown(table);
    return ratings.sorted();
  }

  private static Interaction rating(CsvRow row) {
    double stars = row.number("rating", 0, MAX_STARS);
    double weight = Math.max(MIN_WEIGHT, stars / MAX_STARS);
    return row.checked(
        () -> new Interaction(user(row), Films.id(row), "rating", weight, row.time("timestamp")));
  }

  /** The user id of a row. */
  static UserId user(CsvRow row) {
    return row.checked(() -> new UserId(row.text("userId")));
  }
}

package io.sidestream.experiments.data;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Forty items, twenty people with ten meetings each, a hundred tags, thirty queries, ten of them
 * late.
 */
final class TinyDataset {
  static final int ITEMS = 40;
  static final int PEOPLE = 20;
  static final int MEETINGS = 10;
  static final int TAGS = 100;
  static final int QUERIES = 20;
  static final int LATE = 10;
  static final SplitSettings SETTINGS =
      new SplitSettings(
          new HeldOutSettings(4, 12, 8, 0.15, 400, 100, 100), 0.1, 100, WindowLimits.DEFAULT);

  private TinyDataset() {}

  static DatasetByKind make() {
    List<Interaction> interactions = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      for (int i = 0; i < MEETINGS; i++) {
        ItemId item = id((person * 7 + i * i) % ITEMS);
        interactions.add(new Interaction(user(person), item, "view", 1, at(100 * i + person)));
      }
    }
    interactions.sort(Comparator.comparing(Interaction::at));
    List<Search> tags =
        IntStream.range(0, TAGS)
            .mapToObj(i -> search("tag " + i % 9, i * 3, Optional.of(user(i % 3)), i))
            .toList();
    return new DatasetByKind(
        IntStream.range(0, ITEMS).mapToObj(TinyDataset::item).toList(),
        interactions,
        "tags",
        tags,
        queries(0, QUERIES),
        queries(QUERIES, QUERIES + LATE));
  }

  static ItemId id(int item) {
    return new ItemId("item-" + item);
  }

  private static Item item(int item) {
    return new Item(id(item), "Title " + item, Map.of(), Map.of());
  }

  private static UserId user(int person) {
    return new UserId("user-" + person);
  }

  private static List<Search> queries(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> search("query " + i, i * 5, Optional.empty(), 10_000 + i))
        .toList();
  }

  private static Search search(String query, int item, Optional<UserId> user, int second) {
    return new Search(query, id(item % ITEMS), user, at(second));
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}

package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sample of a data set: the items with most interactions, and the events of these. */
public final class MostRated {
  private MostRated() {}

  /** The n items with most interactions, equal ones by id; all where there are fewer. */
  public static DatasetByKind of(DatasetByKind dataset, int n) {
    check(n > 0, "sample of %d items, expected 1 or more", n);
    Set<ItemId> kept = most(dataset, n);
    return new DatasetByKind(
        about(kept, dataset.items(), Item::id),
        about(kept, dataset.interactions(), Interaction::item),
        dataset.label(),
        about(kept, dataset.userSearches(), Search::clicked),
        about(kept, dataset.trainQueries(), Search::clicked),
        about(kept, dataset.testQueries(), Search::clicked));
  }

  private static Set<ItemId> most(DatasetByKind dataset, int n) {
    Map<ItemId, Integer> counts = new HashMap<>();
    dataset.interactions().forEach(one -> counts.merge(one.item(), 1, Integer::sum));
    Comparator<ItemId> byCount = Comparator.comparing(item -> -counts.getOrDefault(item, 0));
    return dataset.items().stream()
        .map(Item::id)
        .sorted(byCount.thenComparing(Comparator.naturalOrder()))
        .limit(n)
        .collect(Collectors.toSet());
  }

  private static <T> List<T> about(Set<ItemId> kept, List<T> all, Function<T, ItemId> item) {
    return all.stream().filter(one -> kept.contains(item.apply(one))).toList();
  }
}

package io.sidestream.datasets;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A catalogue and the events of its users. Order: interactions and searches by event time, oldest
 * first.
 */
public record Dataset(List<Item> items, List<Interaction> interactions, List<Search> searches) {
  public Dataset {
    items = List.copyOf(items);
    interactions = List.copyOf(interactions);
    searches = List.copyOf(searches);
    checkOrder("interactions", interactions, Interaction::at);
    checkOrder("searches", searches, Search::at);
  }

  /** Number of events: interactions and searches. */
  public int events() {
    return interactions.size() + searches.size();
  }

  private static <T> void checkOrder(String name, List<T> events, Function<T, Instant> at) {
    for (int i = 1; i < events.size(); i++) {
      Instant before = at.apply(events.get(i - 1));
      Instant now = at.apply(events.get(i));
      check(!now.isBefore(before), "%s are not in order: %s after %s", name, now, before);
    }
  }
}

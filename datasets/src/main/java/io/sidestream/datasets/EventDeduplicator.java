package io.sidestream.datasets;

import io.sidestream.schemas.ItemId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of known films, each key once. */
final class EventDeduplicator<T> {
  private static final Logger log = LoggerFactory.getLogger(EventDeduplicator.class);

  private final Set<ItemId> films;
  private final Comparator<T> order;
  private final Map<Object, T> events = new LinkedHashMap<>();
  private int unknown;

  /**
   * @param order of two events with one key the greater is kept, of equal ones the later
   */
  EventDeduplicator(Set<ItemId> films, Comparator<T> order) {
    this.films = films;
    this.order = order;
  }

  void add(ItemId film, Object key, T event) {
    if (films.contains(film)) {
      events.merge(key, event, (a, b) -> order.compare(a, b) > 0 ? a : b);
    } else {
      unknown++;
    }
  }

  /** The kept events; equal ones in the order of each key's first event. */
  List<T> sorted() {
    return events.values().stream().sorted(order).toList();
  }

  void logUnknown(CsvTable table) {
    if (unknown > 0) {
      log.warn("{}: skipped {} lines of films that are not in movies.csv", table, unknown);
    }
  }
}

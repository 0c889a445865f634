package io.sidestream.datasets;

import io.sidestream.schemas.ItemId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of known films, each key once, in the order of each key's first event. */
final class EventDeduplicator<T> {
  private static final Logger log = LoggerFactory.getLogger(EventDeduplicator.class);

  private final Set<ItemId> films;
  private final Map<Object, T> events = new LinkedHashMap<>();
  private int unknown;

  EventDeduplicator(Set<ItemId> films) {
    this.films = films;
  }

  /** Adds an event; of two with one key the greater is kept, of equal ones the later. */
  void add(ItemId film, Object key, T event, Comparator<T> order) {
    if (films.contains(film)) {
      events.merge(key, event, (a, b) -> order.compare(a, b) > 0 ? a : b);
    } else {
      unknown++;
    }
  }

  /** An order in which all are equal, so that the later of two is kept. */
  static <T> Comparator<T> latest() {
    return Comparator.comparing(event -> 0);
  }

  List<T> inOrder() {
    return List.copyOf(events.values());
  }

  List<T> sorted(Comparator<T> order) {
    return events.values().stream().sorted(order).toList();
  }

  void logUnknown(CsvTable table) {
    if (unknown > 0) {
      log.warn("{}: skipped {} lines of films that are not in movies.csv", table, unknown);
    }
  }
}

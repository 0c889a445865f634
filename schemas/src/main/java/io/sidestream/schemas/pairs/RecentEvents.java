package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.checkRange;

import java.util.ArrayList;
import java.util.List;

/**
 * The last events of one owner that had an id, each once, in order of arrival. Immutable; an event
 * that is among them is a copy, and changes nothing.
 */
public record RecentEvents(List<EventFingerprint> events) {
  /** Most events of an owner: 16 bytes each. */
  public static final int MAX_EVENTS = 10_000;

  /** Events of an owner that are kept without any setting. */
  public static final int DEFAULT_EVENTS = 100;

  /** Before the first event with an id. */
  public static final RecentEvents NONE = new RecentEvents(List.of());

  public RecentEvents {
    checkRange(events.size(), 0, MAX_EVENTS, "%d events are kept");
    events = List.copyOf(events);
  }

  /** Whether an event is a copy of one of these. */
  public boolean holds(EventFingerprint event) {
    return events.contains(event);
  }

  /**
   * These with one that is not among them; the first beyond the limit are forgotten.
   *
   * @param limit 1 or more
   */
  public RecentEvents with(EventFingerprint event, int limit) {
    int from = Math.max(0, events.size() + 1 - limit);
    List<EventFingerprint> next = new ArrayList<>(events.size() + 1 - from);
    next.addAll(events.subList(from, events.size()));
    next.add(event);
    return new RecentEvents(next);
  }
}

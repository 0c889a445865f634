package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.Optional;

/**
 * A search event: a query and the item clicked.
 *
 * @param id names the event, so that a copy of it counts once
 */
public record Search(
    String query, ItemId clicked, Optional<UserId> user, Instant at, Optional<EventId> id) {
  /** Most characters in a query. */
  public static final int MAX_QUERY = 4_000;

  /** A search without an id. */
  public Search(String query, ItemId clicked, Optional<UserId> user, Instant at) {
    this(query, clicked, user, at, Optional.empty());
  }

  public Search {
    check(
        query.length() <= MAX_QUERY,
        "search query has %d characters, at most %d are allowed",
        query.length(),
        MAX_QUERY);
    check(!NormalizedQuery.isBlank(query), "search query has no visible character");
    int normalized = NormalizedQuery.of(query).length();
    check(
        normalized > 0 && normalized <= MAX_QUERY,
        "search query has %d characters when normalized, expected 1 to %d",
        normalized,
        MAX_QUERY);
    EventTime.checkTime(at);
  }
}

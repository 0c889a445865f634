package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.Optional;

/**
 * An interaction of a user with an item.
 *
 * @param kind type of the interaction as the producer names it, for example {@code view}, {@code
 *     rating}
 * @param weight strength of the signal, in (0, 100]; 1 is an ordinary view
 * @param at event time
 * @param id names the event, so that a copy of it counts once
 */
public record Interaction(
    UserId user, ItemId item, String kind, double weight, Instant at, Optional<EventId> id) {
  /** Largest weight. */
  public static final double MAX_WEIGHT = 100;

  /** Most characters in a kind. */
  public static final int MAX_KIND = 64;

  /** An interaction without an id. */
  public Interaction(UserId user, ItemId item, String kind, double weight, Instant at) {
    this(user, item, kind, weight, at, Optional.empty());
  }

  public Interaction {
    check(
        !kind.isBlank() && kind.length() <= MAX_KIND,
        "interaction kind is \"%s\", expected 1 to %d characters",
        kind,
        MAX_KIND);
    check(
        weight > 0 && weight <= MAX_WEIGHT,
        "interaction weight is %s, expected above 0 and at most %s",
        weight,
        MAX_WEIGHT);
    EventTime.checkTime(at);
  }
}

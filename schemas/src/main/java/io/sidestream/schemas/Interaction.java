package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;

/**
 * An interaction of a user with an item.
 *
 * @param kind type of the interaction as the producer names it, for example {@code view}, {@code
 *     rating}
 * @param weight strength of the signal, in (0, 100]; 1 is an ordinary view
 * @param at event time
 */
public record Interaction(UserId user, ItemId item, String kind, double weight, Instant at) {
  /** Largest weight. */
  public static final double MAX_WEIGHT = 100;

  /** Most characters in a kind. */
  public static final int MAX_KIND = 64;

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

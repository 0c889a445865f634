package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

/**
 * What a producer calls an event, so that a copy of it counts once.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, not blank
 */
public record EventId(String value) {
  /** Most characters. */
  public static final int MAX_LENGTH = 128;

  public EventId {
    check(
        !value.isBlank() && value.length() <= MAX_LENGTH,
        "event id is \"%s\", expected 1 to %d characters",
        value,
        MAX_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}

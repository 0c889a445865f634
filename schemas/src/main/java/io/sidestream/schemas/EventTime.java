package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;

/** The times that events may have: outside of them lie wrong units, and overflow. */
final class EventTime {
  /** First event time that is taken. */
  static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** First event time that is not taken any more. */
  static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  private EventTime() {}

  static void checkTime(Instant at) {
    check(
        !at.isBefore(EARLIEST) && at.isBefore(END),
        "event time is %s, expected %s to %s",
        at,
        EARLIEST,
        END);
  }
}

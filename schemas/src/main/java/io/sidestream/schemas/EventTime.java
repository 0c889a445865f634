package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;

/** The times that events may have: outside of them lie wrong units, and overflow. */
public final class EventTime {
  /** First event time that is taken. */
  static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** First event time that is not taken any more. */
  static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  /** 1980-01-01 in seconds. */
  private static final long FIRST_SECONDS = 315_532_800;

  /** 2200-01-01 in seconds. */
  private static final long LAST_SECONDS = 7_258_118_400L;

  /** The year 10000 in milliseconds, 1978 in microseconds. */
  private static final long FIRST_MICROS = 253_402_300_800_000L;

  private EventTime() {}

  /** Whether milliseconds are of 1970-01-04 to 1970-03-26, and so likely a time in seconds. */
  public static boolean looksLikeSeconds(long millis) {
    return millis >= FIRST_SECONDS && millis <= LAST_SECONDS;
  }

  /** Whether milliseconds are of no year that is written with four digits. */
  public static boolean looksLikeMicros(long millis) {
    return millis >= FIRST_MICROS;
  }

  static void checkTime(Instant at) {
    check(
        !at.isBefore(EARLIEST) && at.isBefore(END),
        "event time is %s, expected %s to %s",
        at,
        EARLIEST,
        END);
  }
}

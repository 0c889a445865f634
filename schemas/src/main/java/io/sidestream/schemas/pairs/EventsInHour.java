package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

/**
 * How many of a user's events counted in the newest hour of their times. Immutable.
 *
 * @param hour since 1970; those of earlier hours that come later count here, too
 */
public record EventsInHour(long hour, int counted) {
  /*
   * A limit per hour of event times, not of arrival: it is a function of the log alone, so that the
   * job, a replay of the log and the trainer agree, and a history that is read in at once is not
   * cut. The hour never goes back: a flood cannot begin again by times of earlier hours.
   */

  /** Most events of an hour that a limit may let count. */
  public static final int MAX_LIMIT = 1_000_000;

  /** Before the first event. */
  public static final EventsInHour NONE = new EventsInHour(Long.MIN_VALUE, 0);

  private static final long HOUR_MILLIS = 3_600_000;

  public EventsInHour {
    check(counted >= 0, "%d events counted, expected 0 or more", counted);
  }

  /** Whether an event is one too many. */
  public boolean isFull(long atMillis, int limit) {
    return counted >= limit && hourOf(atMillis) <= hour;
  }

  /** With an event that counts. */
  public EventsInHour with(long atMillis) {
    long at = hourOf(atMillis);
    return at > hour ? new EventsInHour(at, 1) : new EventsInHour(hour, counted + 1);
  }

  private static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }
}

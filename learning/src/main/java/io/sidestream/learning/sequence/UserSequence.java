package io.sidestream.learning.sequence;

import static io.sidestream.schemas.Checks.check;

/**
 * What one user interacted with, in order of arrival.
 *
 * @param rows of the items; an item may come again
 * @param times of the events, any unit; equal ones beside each other may change places
 */
public record UserSequence(int[] rows, long[] times) {
  public UserSequence {
    check(
        rows.length == times.length,
        "sequence of %d items has %d times",
        rows.length,
        times.length);
    rows = rows.clone();
    times = times.clone();
  }

  /** How many events there are. */
  public int length() {
    return rows.length;
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  @Override
  public long[] times() {
    return times.clone();
  }
}

package io.sidestream.datasets.sample;

import static io.sidestream.schemas.Checks.check;

/** Size of a sample, and the number of events in its data set. */
public record SampleSize(int films, int users, int circles, int events) {
  /** A thousand films and four hundred users with some forty events each. */
  public static final SampleSize DEFAULT = new SampleSize(1_000, 400, 24, 16_000);

  /** Most films: each draw takes time linear in their number. */
  public static final int MAX_FILMS = 100_000;

  public SampleSize {
    check(
        films > 1 && films <= MAX_FILMS, "sample of %d films, expected 2 to %d", films, MAX_FILMS);
    check(users > 0 && circles > 0, "sample of %d users in %d circles", users, circles);
    check(events >= 0, "sample of %d events", events);
  }
}

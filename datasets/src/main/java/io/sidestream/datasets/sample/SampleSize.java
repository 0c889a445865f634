package io.sidestream.datasets.sample;

import static io.sidestream.schemas.Checks.check;

/** How large a sample world is, and how many of its events make the data set. */
public record SampleSize(int films, int people, int circles, int events) {
  /** A thousand films, four hundred people, some forty things each. */
  public static final SampleSize DEFAULT = new SampleSize(1_000, 400, 24, 16_000);

  /** Most films: choosing one costs time in proportion. */
  public static final int MAX_FILMS = 100_000;

  public SampleSize {
    check(
        films > 1 && films <= MAX_FILMS, "sample of %d films, expected 2 to %d", films, MAX_FILMS);
    check(people > 0 && circles > 0, "sample of %d people in %d circles", people, circles);
    check(events >= 0, "sample of %d events", events);
  }
}

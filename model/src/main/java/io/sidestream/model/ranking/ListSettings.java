package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

/**
 * From which size on a catalogue is not scanned as a whole, and how much of it is.
 *
 * @param beyond items up to which every vector is scanned for each request
 * @param share of the lists that are looked through, those nearest to the query; range: (0, 1]
 * @param measured most items whose exact cosines are computed for one scan: those of the best
 *     estimates
 */
public record ListSettings(int beyond, double share, int measured) {
  /** Found by measurement: decision 130. */
  public static final int MEASURED = 2_000;

  public ListSettings {
    check(beyond >= 0, "lists beyond %d items, expected 0 or more", beyond);
    check(share > 0 && share <= 1, "share of lists is %s, expected more than 0, at most 1", share);
    check(measured > 0, "%d items are measured, expected 1 or more", measured);
  }
}

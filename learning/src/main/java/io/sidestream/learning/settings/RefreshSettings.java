package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.model.bundle.WarmStart;

/**
 * When a training begins with the weights of the live generation.
 *
 * @param most refreshes between two full trainings, 0 to 1,000; 0 makes every training a full one
 * @param maxNewItems share of the items that the live generation does not have, above which a
 *     training is full
 * @param minKeptCodes share of its parent's first codes that the live generation has to have kept
 */
public record RefreshSettings(int most, double maxNewItems, double minKeptCodes) {
  public RefreshSettings {
    checkRange(most, 0, WarmStart.MAX_REFRESHES, "%d refreshes in a row");
    check(
        maxNewItems >= 0 && maxNewItems <= 1 && minKeptCodes >= 0 && minKeptCodes <= 1,
        "shares of a refresh are %s and %s, expected 0 to 1",
        maxNewItems,
        minKeptCodes);
  }
}

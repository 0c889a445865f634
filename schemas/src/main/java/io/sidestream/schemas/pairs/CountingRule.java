package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.checkRange;

/**
 * How events become counts: the counting job, the trainer and every check must agree.
 *
 * @param window of a user's events that pair with a new one
 * @param weights of interactions, by kind
 * @param keptIds events with an id that are remembered of each owner, for copies of them; 0 for
 *     none
 * @param hourly interactions of a user that count, in an hour of their times; 0 for all
 * @param hourlySearches searches of a user likewise, on each partition; 0 for all
 */
public record CountingRule(
    WindowLimits window, KindWeights weights, int keptIds, int hourly, int hourlySearches) {
  /** The default window, and every event once. */
  public static final CountingRule DEFAULT = of(WindowLimits.DEFAULT);

  public CountingRule {
    checkRange(keptIds, 0, RecentEvents.MAX_EVENTS, "%d ids are kept");
    checkRange(hourly, 0, EventsInHour.MAX_LIMIT, "%d interactions count in an hour");
    checkRange(hourlySearches, 0, EventsInHour.MAX_LIMIT, "%d searches count in an hour");
  }

  /** However many searches of a user there are. */
  public CountingRule(WindowLimits window, KindWeights weights, int keptIds, int hourly) {
    this(window, weights, keptIds, hourly, 0);
  }

  /** However many interactions of a user there are. */
  public CountingRule(WindowLimits window, KindWeights weights, int keptIds) {
    this(window, weights, keptIds, 0);
  }

  /** As many ids as without any setting. */
  public CountingRule(WindowLimits window, KindWeights weights) {
    this(window, weights, RecentEvents.DEFAULT_EVENTS);
  }

  /** Every event of a window once. */
  public static CountingRule of(WindowLimits window) {
    return new CountingRule(window, KindWeights.ALIKE);
  }
}

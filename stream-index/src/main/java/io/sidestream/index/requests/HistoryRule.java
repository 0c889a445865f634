package io.sidestream.index.requests;

import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.RecentEvents;
import io.sidestream.schemas.pairs.WindowLimits;

/**
 * How interactions become histories.
 *
 * @param items how many most recent distinct items are kept of each user
 * @param weights of interactions
 * @param keptIds how many last events with an id are remembered of each user; 0 for none
 * @param hourly interactions of a user that make items trend, in an hour; 0 for all
 */
public record HistoryRule(WindowLimits items, KindWeights weights, int keptIds, int hourly) {
  /** Every interaction counts. */
  public static HistoryRule of(WindowLimits items) {
    return new HistoryRule(items, KindWeights.ALIKE, RecentEvents.DEFAULT_EVENTS, 0);
  }
}

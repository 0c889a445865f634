package io.sidestream.ingest.pairs;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/**
 * Passes on searches, keyed by owner, without copies and those too many of their user's hour; what
 * tells them is forgotten with the owner.
 */
final class FirstSearches extends RichFilterFunction<CountedSearch> {
  private final int keptIds;
  private final int hourly;
  private transient KnownEvents known;
  private transient HourlyEvents hours;

  /**
   * @param hourly searches of a user that count in an hour; 0 for all
   */
  FirstSearches(int keptIds, int hourly) {
    this.keptIds = keptIds;
    this.hourly = hourly;
  }

  @Override
  public void open(OpenContext context) {
    known = new KnownEvents(getRuntimeContext(), keptIds);
    hours = new HourlyEvents(getRuntimeContext(), hourly);
  }

  @Override
  public boolean filter(CountedSearch search) throws Exception {
    if (search.pair().isEmpty()) {
      known.clear();
      hours.clear();
      return false;
    }
    if (search.id().isPresent() && known.isRepeat(search.id().get())) {
      return false;
    }
    return search.atMillis().isEmpty() || !hours.isTooMany(search.atMillis().getAsLong());
  }
}

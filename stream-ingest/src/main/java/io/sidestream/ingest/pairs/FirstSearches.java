package io.sidestream.ingest.pairs;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Passes on searches with an id, keyed by owner, without copies of them. */
final class FirstSearches extends RichFilterFunction<CountedSearch> {
  private final int keptIds;
  private transient KnownEvents known;

  FirstSearches(int keptIds) {
    this.keptIds = keptIds;
  }

  @Override
  public void open(OpenContext context) {
    known = new KnownEvents(getRuntimeContext(), keptIds);
  }

  @Override
  public boolean filter(CountedSearch search) throws Exception {
    return !known.isRepeat(search.id().orElseThrow());
  }
}

package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.RecentEvents;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;

/**
 * The last events with an id of the key that is being processed, in Flink's state, where nothing is
 * kept of owners whose events have none.
 */
final class KnownEvents {
  private final int limit;
  private final ValueState<RecentEvents> events;
  private final Counter repeats;

  /**
   * @param limit events that are kept of an owner; 0 takes no event for a copy
   */
  KnownEvents(RuntimeContext context, int limit) {
    this.limit = limit;
    this.events =
        context.getState(
            new ValueStateDescriptor<>("recent-events", RecentEventsSerializer.INSTANCE));
    this.repeats = FlinkMetrics.of(context).counter("repeats");
  }

  /** Whether an event is a copy; else it is kept. */
  boolean isRepeat(EventFingerprint event) throws IOException {
    if (limit == 0) {
      return false;
    }
    RecentEvents kept = events.value();
    RecentEvents known = kept == null ? RecentEvents.NONE : kept;
    if (known.holds(event)) {
      repeats.inc();
      return true;
    }
    events.update(known.with(event, limit));
    return false;
  }

  /** Forgets the events of the key. */
  void clear() {
    events.clear();
  }
}

package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.schemas.pairs.EventsInHour;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;

/**
 * How many events of the key that is being processed counted in an hour, in Flink's state; there is
 * none where all count.
 */
final class HourlyEvents {
  private final int limit;
  private final Optional<ValueState<EventsInHour>> counted;
  private final Counter leftOut;

  /**
   * @param limit events that count in an hour; 0 for all
   */
  HourlyEvents(RuntimeContext context, int limit) {
    this.limit = limit;
    this.counted =
        limit == 0
            ? Optional.empty()
            : Optional.of(
                context.getState(
                    new ValueStateDescriptor<>("events-in-hour", EventsInHourSerializer.INSTANCE)));
    this.leftOut = FlinkMetrics.of(context).counter("beyond_hour");
  }

  /** Whether an event is one too many; else it is counted. */
  boolean isTooMany(long atMillis) throws IOException {
    if (counted.isEmpty()) {
      return false;
    }
    EventsInHour kept = counted.get().value();
    EventsInHour before = kept == null ? EventsInHour.NONE : kept;
    if (before.isFull(atMillis, limit)) {
      leftOut.inc();
      return true;
    }
    counted.get().update(before.with(atMillis));
    return false;
  }

  /** Forgets the events of the key. */
  void clear() {
    counted.ifPresent(ValueState::clear);
  }
}

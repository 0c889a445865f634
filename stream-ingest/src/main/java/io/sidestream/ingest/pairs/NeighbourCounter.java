package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums the transitions of each item, keyed by item, and emits the totals of the changed items just
 * before each checkpoint barrier.
 */
final class NeighbourCounter extends AbstractStreamOperator<KeyedNeighbours>
    implements OneInputStreamOperator<NeighbourChange, KeyedNeighbours> {
  /*
   * An event changes as many items as its window holds, and a popular item changes many times a
   * second. So changes are summed in memory, and go into state once per item before the barrier: a
   * checkpoint finds the buffer empty, and after a failure the events since the checkpoint are
   * replayed. The list of the best is kept up to date from the changed counts alone; all counts of
   * an item are read only where one of its best fell, which erasures do, or the limit changed.
   */

  /** Most different changes in the buffer; reaching it empties the buffer. */
  static final int MAX_CHANGES = 200_000;

  private final int limit;
  private final int maxChanges;
  private transient Map<String, Changes> buffer;
  private transient int buffered;
  private transient MapState<String, Long> successors;
  private transient ValueState<NeighbourTotals> totals;
  private transient Counter transitions;

  /** What changed of one item since the last barrier. */
  private static final class Changes {
    private final Map<String, Long> followed = new LinkedHashMap<>();
    private long incoming;
    private long eventMillis = Long.MAX_VALUE;

    private Optional<Long> event() {
      return eventMillis == Long.MAX_VALUE ? Optional.empty() : Optional.of(eventMillis);
    }
  }

  /**
   * @param limit most neighbours of an item
   */
  NeighbourCounter(int limit) {
    this(limit, MAX_CHANGES);
  }

  NeighbourCounter(int limit, int maxChanges) {
    this.limit = limit;
    this.maxChanges = maxChanges;
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffer = new LinkedHashMap<>();
    transitions = FlinkMetrics.of(getRuntimeContext()).counter("transitions");
    successors =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "successors", StringSerializer.INSTANCE, LongSerializer.INSTANCE));
    totals =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("neighbour-totals", NeighbourTotalsSerializer.INSTANCE));
  }

  @Override
  public void processElement(StreamRecord<NeighbourChange> element) throws Exception {
    NeighbourChange change = element.getValue();
    Changes changes = buffer.computeIfAbsent(change.item(), item -> new Changes());
    if (element.hasTimestamp()) {
      changes.eventMillis = Math.min(changes.eventMillis, element.getTimestamp());
    }
    Optional<String> successor = change.successor();
    if (successor.isEmpty()) {
      buffered += changes.incoming == 0 ? 1 : 0;
      changes.incoming += change.change();
    } else {
      long sum = changes.followed.merge(successor.get(), change.change(), Long::sum);
      buffered += sum == change.change() ? 1 : 0; // at least as many as there are
      transitions.inc(change.change() > 0 ? 1 : 0);
    }
    if (buffered >= maxChanges) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws Exception {
    for (Map.Entry<String, Changes> each : buffer.entrySet()) {
      setCurrentKey(each.getKey());
      NeighbourTotals now = applied(each.getValue());
      if (now.isEmpty() && successors.isEmpty()) {
        totals.clear();
      } else {
        totals.update(now);
      }
      output.collect(
          new StreamRecord<>(new KeyedNeighbours(each.getKey(), now, each.getValue().event())));
    }
    buffer.clear();
    buffered = 0;
  }

  /** The totals of the current key after its changes, which go into the counts. */
  private NeighbourTotals applied(Changes changes) throws Exception {
    NeighbourTotals kept = totals.value();
    NeighbourTotals before = kept == null ? NeighbourTotals.none(limit) : kept;
    Map<ItemId, Long> counts = new HashMap<>();
    long outgoing = 0;
    for (Map.Entry<String, Long> change : changes.followed.entrySet()) {
      counts.put(new ItemId(change.getKey()), counted(change.getKey(), change.getValue()));
      outgoing += change.getValue();
    }
    if (before.limit() == limit) {
      Optional<List<Neighbour>> best = before.bestAfter(counts);
      if (best.isPresent()) {
        return before.plus(outgoing, changes.incoming, best.get());
      }
    }
    return NeighbourTotals.none(limit)
        .plus(before.outgoing() + outgoing, before.incoming() + changes.incoming, bestOfAll());
  }

  private long counted(String successor, long change) throws Exception {
    Long before = successors.get(successor);
    long now = (before == null ? 0 : before) + change;
    if (now == 0) {
      successors.remove(successor);
    } else {
      successors.put(successor, now);
    }
    return now;
  }

  private List<Neighbour> bestOfAll() throws Exception {
    Map<ItemId, Long> all = new HashMap<>();
    for (Map.Entry<String, Long> each : successors.entries()) {
      all.put(new ItemId(each.getKey()), each.getValue());
    }
    return ItemNeighbours.best(all, limit);
  }
}

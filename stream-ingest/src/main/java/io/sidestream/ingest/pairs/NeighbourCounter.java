package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.ingest.flow.JobActivity;
import io.sidestream.ingest.pairs.BestSuccessors.Successor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums the transitions of each item, keyed by item, or the clicks after each query, keyed by query,
 * and emits the totals of the changed ones just before each checkpoint barrier.
 */
final class NeighbourCounter extends AbstractStreamOperator<KeyedNeighbours>
    implements OneInputStreamOperator<RowChange, KeyedNeighbours> {
  /*
   * An event changes as many items as its window holds, and a popular item changes many times a
   * second. So changes wait in memory, and go into state once per item before the barrier: a
   * checkpoint finds the buffer empty, and after a failure the events since the checkpoint are
   * replayed. The list of the best is kept up to date from the changed counts alone; all counts of
   * an item are read only where one of its best fell, which erasures do, or the limit changed.
   */

  /** Most bytes of changes in the buffer; reaching it empties the buffer. */
  static final int MAX_BYTES = 64 << 20;

  private final String counted;
  private final int limit;
  private final int maxBytes;
  private transient JobActivity activity;
  private transient Map<String, Changes> buffer;
  private transient long buffered;
  private transient KeptRow successors;
  private transient ValueState<NeighbourTotals> totals;
  private transient Counter counts;

  /** What changed of one item since the last barrier. */
  private static final class Changes {
    private final List<CountRow> followed = new ArrayList<>(1);
    private long incoming;
    private long eventMillis = ItemSums.NO_TIME;

    private Optional<Long> event() {
      return eventMillis == ItemSums.NO_TIME ? Optional.empty() : Optional.of(eventMillis);
    }
  }

  /**
   * @param counted name of the metric of what is counted
   * @param limit most neighbours of an item, or items of a query
   */
  NeighbourCounter(String counted, int limit) {
    this(counted, limit, MAX_BYTES);
  }

  NeighbourCounter(String counted, int limit, int maxBytes) {
    this.counted = counted;
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  @Override
  public void open() throws Exception {
    super.open();
    activity = JobActivity.of(getRuntimeContext());
    buffer = new LinkedHashMap<>();
    buffered = 0;
    counts = FlinkMetrics.of(getRuntimeContext()).counter(counted);
    totals =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("neighbour-totals", NeighbourTotalsSerializer.INSTANCE));
    successors = new KeptRow(new StateChunks(this::getPartitionedState, "successor-rows"));
    FormerSuccessors.move(
        getRuntimeContext(), getKeyedStateBackend(), this::setCurrentKey, successors);
  }

  @Override
  public void processElement(StreamRecord<RowChange> element) throws Exception {
    activity.add(); // transitions of an erasure come long after its record
    RowChange change = element.getValue();
    Changes changes = buffer.computeIfAbsent(change.row(), item -> new Changes());
    if (element.hasTimestamp()) {
      changes.eventMillis = Math.min(changes.eventMillis, element.getTimestamp());
    }
    changes.incoming += change.incoming();
    if (!change.counts().isEmpty()) {
      changes.followed.add(change.counts());
      change.counts().forEach((name, length, number) -> counts.inc(number > 0 ? 1 : 0));
    }
    buffered += change.row().length() + change.counts().bytes().length;
    if (buffered >= maxBytes) {
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
    CountRow followed = CountRow.sum(changes.followed);
    List<Successor> changed = new ArrayList<>();
    successors.add(
        followed,
        (name, length, sum) -> changed.add(new Successor(Arrays.copyOf(name, length), sum)));
    long outgoing = followed.total();
    if (before.limit() == limit) {
      Optional<BestSuccessors> best = before.best().after(changed, limit);
      if (best.isPresent()) {
        return before.plus(outgoing, changes.incoming, best.get());
      }
    }
    return NeighbourTotals.none(limit)
        .plus(before.outgoing() + outgoing, before.incoming() + changes.incoming, bestOfAll());
  }

  private BestSuccessors bestOfAll() throws Exception {
    List<Successor> all = new ArrayList<>();
    successors.forEach(
        (name, length, sum) -> all.add(new Successor(Arrays.copyOf(name, length), sum)));
    return BestSuccessors.of(all, limit);
  }
}

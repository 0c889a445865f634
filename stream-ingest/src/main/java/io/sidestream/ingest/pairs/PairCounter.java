package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums the changes of the pairs of each row, keyed by row, and emits the totals of the changed
 * pairs just before each checkpoint barrier.
 *
 * <p>Any order gives the same totals: a sum may be below zero until the co-occurrences that an
 * erasure takes back arrive. A sum of zero keeps no state.
 */
final class PairCounter extends AbstractStreamOperator<PairTotal>
    implements OneInputStreamOperator<RowChange, PairTotal> {
  /*
   * Exact without state for what is buffered: the buffer is emptied before the barrier, so a
   * checkpoint finds it empty, and after a failure the events since the checkpoint are replayed. It
   * adds no delay, since the exactly-once sink shows nothing before the checkpoint completes.
   *
   * Until the first barrier after a start the buffer is not emptied, however full: only then have
   * the totals arrived that TotalsByPair has from a savepoint of an earlier version.
   */

  /** Most bytes of changes in the buffer; reaching it empties the buffer. */
  static final int MAX_BYTES = 64 << 20;

  private final int maxBytes;
  private transient Map<String, List<CountRow>> buffer;
  private transient long buffered;
  private transient boolean barrierSeen;
  private transient KeptRow kept;
  private transient Counter pairs;

  PairCounter() {
    this(MAX_BYTES);
  }

  PairCounter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffer = new LinkedHashMap<>();
    buffered = 0;
    barrierSeen = false;
    pairs = FlinkMetrics.of(getRuntimeContext()).counter("pairs");
    kept = new KeptRow(new StateChunks(this::getPartitionedState, "pairs"));
  }

  @Override
  public void processElement(StreamRecord<RowChange> element) throws Exception {
    RowChange change = element.getValue();
    if (change.former()) {
      kept.add(change.counts(), (name, length, total) -> {});
      return;
    }
    buffer.computeIfAbsent(change.row(), row -> new ArrayList<>()).add(change.counts());
    buffered += change.row().length() + change.counts().bytes().length;
    change.counts().forEach((name, length, number) -> pairs.inc(Math.max(0, number)));
    if (buffered >= maxBytes && barrierSeen) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    barrierSeen = true;
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws Exception {
    for (Map.Entry<String, List<CountRow>> row : buffer.entrySet()) {
      setCurrentKey(row.getKey());
      byte[] prefix = (row.getKey() + '\t').getBytes(StandardCharsets.UTF_8);
      kept.add(
          CountRow.sum(row.getValue()), (name, length, total) -> emit(prefix, name, length, total));
    }
    buffer.clear();
    buffered = 0;
  }

  private void emit(byte[] prefix, byte[] name, int length, long total) {
    byte[] key = new byte[prefix.length + length];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    System.arraycopy(name, 0, key, prefix.length, length);
    output.collect(new StreamRecord<>(new PairTotal(key, total)));
  }
}

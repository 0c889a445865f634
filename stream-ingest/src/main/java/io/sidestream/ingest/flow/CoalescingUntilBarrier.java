package io.sidestream.ingest.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Buffers values until the next checkpoint barrier, and emits one merged value for each key.
 *
 * @param <T> the value
 */
public final class CoalescingUntilBarrier<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {
  /*
   * Exact without state: the buffer is emitted before the barrier, so a checkpoint always finds it
   * empty, and after a failure the values since the checkpoint are replayed. It adds no delay where
   * an exactly-once sink follows, since that sink shows nothing before the checkpoint completes.
   */

  /** Most keys in the buffer; reaching it emits all. */
  public static final int MAX_KEYS = 100_000;

  private final KeySelector<T, String> key;
  private final ReduceFunction<T> merge;
  private transient Map<String, T> buffer;

  public CoalescingUntilBarrier(KeySelector<T, String> key, ReduceFunction<T> merge) {
    this.key = key;
    this.merge = merge;
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffer = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    T value = element.getValue();
    String name = key.getKey(value);
    T earlier = buffer.get(name);
    buffer.put(name, earlier == null ? value : merge.reduce(earlier, value));
    if (buffer.size() >= MAX_KEYS) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    buffer.values().forEach(value -> output.collect(new StreamRecord<>(value)));
    buffer.clear();
  }
}

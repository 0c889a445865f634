package io.sidestream.ingest.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds values back until the next checkpoint's barrier and sends one for each key, made of all
 * that came.
 *
 * @param <T> the value
 */
public final class CoalescingUntilBarrier<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {
  /*
   * Exact without state of its own: what is held is sent before the barrier that seals it passes, so a checkpoint never
   * finds anything held, and after a failure the values since the checkpoint come again. It adds no delay either where
   * an exactly-once sink follows, since that sink shows nothing before the checkpoint completes.
   */

  /** Keys held at most; one more sends all. */
  public static final int MAX_HELD = 100_000;

  private final KeySelector<T, String> key;
  private final ReduceFunction<T> merge;
  private transient Map<String, T> held;

  public CoalescingUntilBarrier(KeySelector<T, String> key, ReduceFunction<T> merge) {
    this.key = key;
    this.merge = merge;
  }

  @Override
  public void open() throws Exception {
    super.open();
    held = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    T value = element.getValue();
    String name = key.getKey(value);
    T earlier = held.get(name);
    held.put(name, earlier == null ? value : merge.reduce(earlier, value));
    if (held.size() >= MAX_HELD) {
      send();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    send();
  }

  @Override
  public void finish() throws Exception {
    send();
    super.finish();
  }

  private void send() {
    held.values().forEach(value -> output.collect(new StreamRecord<>(value)));
    held.clear();
  }
}

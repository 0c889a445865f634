package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the co-occurrences of each pair, and emits its total after each. */
final class PairCounter extends KeyedProcessFunction<String, String, KeyedCount> {
  private transient ValueState<Long> total;
  private transient Counter pairs;

  @Override
  public void open(OpenContext context) {
    pairs = FlinkMetrics.of(getRuntimeContext()).counter("pairs");
    total =
        getRuntimeContext().getState(new ValueStateDescriptor<>("total", LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(String key, Context context, Collector<KeyedCount> out)
      throws Exception {
    Long before = total.value();
    long now = before == null ? 1 : before + 1;
    total.update(now);
    pairs.inc();
    out.collect(new KeyedCount(key, now));
  }
}

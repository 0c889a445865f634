package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.FlinkMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums the changes of each pair's count, and emits its total after each.
 *
 * <p>Any order gives the same totals: a sum may be below zero until the co-occurrences that an
 * erasure takes back arrive. A sum of zero keeps no state.
 */
final class PairCounter extends KeyedProcessFunction<String, PairChange, KeyedCount> {
  private transient ValueState<Long> total;
  private transient Counter pairs;

  @Override
  public void open(OpenContext context) {
    pairs = FlinkMetrics.of(getRuntimeContext()).counter("pairs");
    total =
        getRuntimeContext().getState(new ValueStateDescriptor<>("total", LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(PairChange pair, Context context, Collector<KeyedCount> out)
      throws Exception {
    Long before = total.value();
    long now = (before == null ? 0 : before) + pair.change();
    if (now == 0) {
      total.clear();
    } else {
      total.update(now);
    }
    if (pair.change() > 0) {
      pairs.inc(pair.change());
    }
    out.collect(new KeyedCount(pair.key(), now));
  }
}

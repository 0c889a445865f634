package io.sidestream.ingest.pairs;

import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Flink around {@link RecentItems}: keeps each person's window and sends the pairs of a visit. */
final class PairExtractor extends KeyedProcessFunction<String, UserInteraction, String> {
  private final int items;
  private final Duration age;
  private transient WindowLimits limits;
  private transient ValueState<RecentItems> window;

  PairExtractor(WindowLimits limits) {
    this.items = limits.items();
    this.age = limits.age();
  }

  @Override
  public void open(OpenContext context) {
    limits = new WindowLimits(items, age);
    window =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("window", RecentItemsSerializer.INSTANCE));
  }

  @Override
  public void processElement(UserInteraction met, Context context, Collector<String> out)
      throws Exception {
    RecentItems kept = window.value();
    RecentItems recent = kept == null ? RecentItems.NONE : kept;
    recent.pairsWith(met.visit(), limits).forEach(pair -> out.collect(PairKey.of(pair)));
    window.update(recent.with(met.visit(), limits));
  }
}

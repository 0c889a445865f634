package io.sidestream.ingest.pairs;

import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the sliding window of each user in state, and emits the pairs of each interaction, and its
 * transitions to the side output {@link #TRANSITIONS}. An erasure clears the window.
 */
final class PairExtractor extends KeyedProcessFunction<String, UserEvent, PairChange> {
  /** Changes of the neighbours of items. */
  static final OutputTag<NeighbourChange> TRANSITIONS =
      new OutputTag<>("transitions", NeighbourChange.TYPE);

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
            .getState(new ValueStateDescriptor<>("recent-items", RecentItemsSerializer.INSTANCE));
  }

  @Override
  public void processElement(UserEvent event, Context context, Collector<PairChange> out)
      throws Exception {
    if (event.interaction().isEmpty()) {
      window.clear();
      return;
    }
    ItemInteraction interaction = event.interaction().get();
    RecentItems kept = window.value();
    RecentItems recent = kept == null ? RecentItems.NONE : kept;
    recent
        .pairsWith(interaction, limits)
        .forEach(pair -> out.collect(PairChange.one(PairKey.of(pair))));
    NeighbourChange.of(recent.transitionsTo(interaction, limits))
        .forEach(change -> context.output(TRANSITIONS, change));
    window.update(recent.with(interaction, limits));
  }
}

package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Flink around {@link CodingPlan}: keeps the generations alive and each item's last event, and
 * tells the ones of the others.
 */
final class EncodeItemsFunction
    extends KeyedBroadcastProcessFunction<
        String, ItemEvent, GenerationAnnouncement, OutboundRecord> {
  /** Generations alive, by number. */
  static final MapStateDescriptor<Long, GenerationAnnouncement> ALIVE =
      new MapStateDescriptor<>("alive", LongSerializer.INSTANCE, AnnouncementSerializer.INSTANCE);

  private static final ValueStateDescriptor<ItemEvent> KEPT =
      new ValueStateDescriptor<>("kept", ItemEventSerializer.INSTANCE);

  private final String itemsTopic;
  private final CodedItemRecords records;
  private final CoderOpener opener;
  private transient ValueState<ItemEvent> kept;
  private transient LeasedCoders coders;

  EncodeItemsFunction(String itemsTopic, String codedItemsTopic, CoderOpener opener) {
    this.itemsTopic = itemsTopic;
    this.records = new CodedItemRecords(codedItemsTopic);
    this.opener = opener;
  }

  @Override
  public void open(OpenContext context) {
    kept = getRuntimeContext().getState(KEPT);
    coders = new LeasedCoders(SharedCoders.PROCESS, opener);
  }

  @Override
  public void processElement(
      ItemEvent event, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
    CodingPlan plan = plan(context.getBroadcastState(ALIVE));
    plan.untold(event).forEach(generation -> tell(generation, event, out));
    keep(plan, event, kept);
  }

  @Override
  public void processBroadcastElement(
      GenerationAnnouncement announced, Context context, Collector<OutboundRecord> out)
      throws Exception {
    BroadcastState<Long, GenerationAnnouncement> alive = context.getBroadcastState(ALIVE);
    boolean isNew = announced.state().active() && !alive.contains(announced.generation().number());
    remember(announced, alive);
    CodingPlan plan = plan(alive);
    context.applyToKeyedState(
        KEPT,
        (key, state) -> {
          ItemEvent event = state.value();
          if (isNew && plan.untold(event, announced)) {
            tell(announced, event, out);
          }
          keep(plan, event, state);
        });
  }

  private void remember(
      GenerationAnnouncement announced, BroadcastState<Long, GenerationAnnouncement> alive)
      throws Exception {
    if (announced.state().active()) {
      alive.put(announced.generation().number(), announced);
      coders.of(announced);
    } else {
      alive.remove(announced.generation().number());
      coders.release(announced.generation());
    }
  }

  private void tell(
      GenerationAnnouncement generation, ItemEvent event, Collector<OutboundRecord> out) {
    coders
        .of(generation)
        .map(coder -> records.tell(generation.generation(), coder, event))
        .ifPresent(out::collect);
  }

  private static void keep(CodingPlan plan, ItemEvent event, ValueState<ItemEvent> state)
      throws Exception {
    if (plan.keeps(event)) {
      state.update(event);
    } else {
      state.clear();
    }
  }

  private CodingPlan plan(ReadOnlyBroadcastState<Long, GenerationAnnouncement> alive)
      throws Exception {
    List<GenerationAnnouncement> generations = new ArrayList<>();
    for (Map.Entry<Long, GenerationAnnouncement> entry : alive.immutableEntries()) {
      generations.add(entry.getValue());
    }
    return new CodingPlan(itemsTopic, generations);
  }

  @Override
  public void close() {
    if (coders != null) {
      coders.close();
    }
  }
}

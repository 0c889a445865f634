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
 * Keeps the active generations and the retained item events in state, and emits the codes of each
 * event in each generation that {@link CodingPlan} gives.
 */
final class EncodeItemsFunction
    extends KeyedBroadcastProcessFunction<
        String, ItemEvent, GenerationAnnouncement, OutboundRecord> {
  /** Active generations, by number. */
  static final MapStateDescriptor<Long, GenerationAnnouncement> ACTIVE =
      new MapStateDescriptor<>(
          "active-generations", LongSerializer.INSTANCE, AnnouncementSerializer.INSTANCE);

  private static final ValueStateDescriptor<ItemEvent> RETAINED =
      new ValueStateDescriptor<>("retained-events", ItemEventSerializer.INSTANCE);

  private final String itemsTopic;
  private final CodedItemRecords records;
  private final CoderOpener opener;
  private transient ValueState<ItemEvent> retained;
  private transient LeasedCoders coders;

  EncodeItemsFunction(String itemsTopic, String codedItemsTopic, CoderOpener opener) {
    this.itemsTopic = itemsTopic;
    this.records = new CodedItemRecords(itemsTopic, codedItemsTopic);
    this.opener = opener;
  }

  @Override
  public void open(OpenContext context) {
    retained = getRuntimeContext().getState(RETAINED);
    coders = new LeasedCoders(SharedCoders.PROCESS, opener);
  }

  @Override
  public void processElement(
      ItemEvent event, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
    CodingPlan plan = plan(context.getBroadcastState(ACTIVE));
    plan.generations(event).forEach(generation -> encode(generation, event, out));
    retain(plan, event, retained);
  }

  @Override
  public void processBroadcastElement(
      GenerationAnnouncement announced, Context context, Collector<OutboundRecord> out)
      throws Exception {
    BroadcastState<Long, GenerationAnnouncement> active = context.getBroadcastState(ACTIVE);
    boolean isNew = announced.state().active() && !active.contains(announced.generation().number());
    update(announced, active);
    CodingPlan plan = plan(active);
    context.applyToKeyedState(
        RETAINED,
        (key, state) -> {
          ItemEvent event = state.value();
          if (isNew && plan.needsCoding(event, announced)) {
            encode(announced, event, out);
          }
          retain(plan, event, state);
        });
  }

  private void update(
      GenerationAnnouncement announced, BroadcastState<Long, GenerationAnnouncement> active)
      throws Exception {
    if (announced.state().active()) {
      active.put(announced.generation().number(), announced);
      coders.of(announced);
    } else {
      active.remove(announced.generation().number());
      coders.release(announced.generation());
    }
  }

  private void encode(
      GenerationAnnouncement generation, ItemEvent event, Collector<OutboundRecord> out) {
    coders
        .of(generation)
        .map(coder -> records.encode(generation.generation(), coder, event))
        .ifPresent(out::collect);
  }

  private static void retain(CodingPlan plan, ItemEvent event, ValueState<ItemEvent> state)
      throws Exception {
    if (plan.retains(event)) {
      state.update(event);
    } else {
      state.clear();
    }
  }

  private CodingPlan plan(ReadOnlyBroadcastState<Long, GenerationAnnouncement> active)
      throws Exception {
    List<GenerationAnnouncement> generations = new ArrayList<>();
    for (Map.Entry<Long, GenerationAnnouncement> entry : active.immutableEntries()) {
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

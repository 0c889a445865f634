package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.kafka.EventTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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
  private final String codedItemsTopic;
  private final CodedItemRecords records;
  private final CoderOpener opener;
  private transient ValueState<ItemEvent> retained;
  private transient LeasedCoders coders;
  private transient Counter coded;
  private transient Counter failed;
  private transient Counter withoutCoder;

  EncodeItemsFunction(String itemsTopic, String codedItemsTopic, CoderOpener opener) {
    this.itemsTopic = itemsTopic;
    this.codedItemsTopic = codedItemsTopic;
    this.records = new CodedItemRecords(itemsTopic, codedItemsTopic);
    this.opener = opener;
  }

  @Override
  public void open(OpenContext context) {
    retained = getRuntimeContext().getState(RETAINED);
    coders = new LeasedCoders(SharedCoders.PROCESS, opener);
    MetricGroup metrics = FlinkMetrics.of(getRuntimeContext());
    coded = FlinkMetrics.counter(metrics, "coded_items", "outcome", "coded");
    failed = FlinkMetrics.counter(metrics, "coded_items", "outcome", "failed");
    withoutCoder = FlinkMetrics.counter(metrics, "coded_items", "outcome", "bundle_not_open");
  }

  @Override
  public void processElement(
      ItemEvent event, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
    CodingPlan plan = plan(context.getBroadcastState(ACTIVE));
    Optional<RecordHeader> time =
        Optional.ofNullable(context.timestamp())
            .map(at -> new RecordHeader(EventTime.HEADER, Optional.of(EventTime.value(at))));
    plan.generations(event).forEach(generation -> encode(generation, event, time, out));
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
            encode(announced, event, Optional.empty(), out);
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

  /**
   * @param time of the event, when it caused this and no announcement did
   */
  private void encode(
      GenerationAnnouncement generation,
      ItemEvent event,
      Optional<RecordHeader> time,
      Collector<OutboundRecord> out) {
    Optional<ItemCoder> coder = coders.of(generation);
    if (coder.isEmpty()) {
      withoutCoder.inc();
      return;
    }
    OutboundRecord record = records.encode(generation.generation(), coder.get(), event);
    if (record.topic().equals(codedItemsTopic)) {
      coded.inc();
      out.collect(time.map(record::with).orElse(record));
    } else {
      failed.inc();
      out.collect(record);
    }
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

package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.model.store.RetryDelays;
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
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the active generations and the retained item events in state, and emits the codes of each
 * event in each generation that {@link CodingPlan} gives.
 */
final class EncodeItemsFunction
    extends KeyedBroadcastProcessFunction<
        String, TracedItem, GenerationAnnouncement, OutboundRecord> {
  /*
   * A generation whose bundle is not there yet does not stop the others: the items that it needs
   * are marked in state. Announcements are repeated (RepeatAnnouncementsFunction), and each
   * repetition is the occasion to ask for the bundle again; once it is open the marked items are
   * coded. After a restart the first repetition counts the marks, so that the gauge is right again.
   *
   * An announcement that asks for the codes of many items has them coded for a bounded time, and
   * marks the others for the repetitions: in between new items pass, and barriers, without which a
   * checkpoint would expire and the job begin again from before the announcement. Repetitions that
   * came meanwhile are passed over (CodingTurns): barriers would wait behind all of them.
   */

  /** Active generations, by number. */
  static final MapStateDescriptor<Long, GenerationAnnouncement> ACTIVE =
      new MapStateDescriptor<>(
          "active-generations", LongSerializer.INSTANCE, AnnouncementSerializer.INSTANCE);

  private static final ValueStateDescriptor<ItemEvent> RETAINED =
      new ValueStateDescriptor<>("retained-events", ItemEventSerializer.INSTANCE);

  private static final MapStateDescriptor<Long, Boolean> UNCODED =
      new MapStateDescriptor<>(
          "uncoded-generations", LongSerializer.INSTANCE, BooleanSerializer.INSTANCE);

  private final String itemsTopic;
  private final String codedItemsTopic;
  private final CodedItemRecords records;
  private final CoderOpener opener;
  private final RetryDelays delays;
  private transient ValueState<ItemEvent> retained;
  private transient UncodedItems uncoded;
  private transient LeasedCoders coders;
  private transient CodingTurns turns;
  private transient CodingStatus status;
  private transient Counter coded;
  private transient Counter failed;
  private transient Counter withoutCoder;

  EncodeItemsFunction(
      String itemsTopic, String codedItemsTopic, CoderOpener opener, RetryDelays delays) {
    this.itemsTopic = itemsTopic;
    this.codedItemsTopic = codedItemsTopic;
    this.records = new CodedItemRecords(itemsTopic, codedItemsTopic);
    this.opener = opener;
    this.delays = delays;
  }

  @Override
  public void open(OpenContext context) {
    retained = getRuntimeContext().getState(RETAINED);
    uncoded = new UncodedItems(getRuntimeContext().getMapState(UNCODED));
    coders = new LeasedCoders(SharedCoders.PROCESS, opener, delays);
    turns = new CodingTurns();
    CodingStatus own = CodingStatus.ofSubtask();
    status = own;
    MetricGroup metrics = FlinkMetrics.of(getRuntimeContext());
    metrics.gauge("items_awaiting_bundle", (Gauge<Long>) own::uncoded);
    coded = FlinkMetrics.counter(metrics, "coded_items", "outcome", "coded");
    failed = FlinkMetrics.counter(metrics, "coded_items", "outcome", "failed");
    withoutCoder = FlinkMetrics.counter(metrics, "coded_items", "outcome", "bundle_not_open");
  }

  @Override
  public void processElement(
      TracedItem item, ReadOnlyContext context, Collector<OutboundRecord> out) throws Exception {
    ItemEvent event = item.event();
    CodingPlan plan = plan(context.getBroadcastState(ACTIVE));
    List<RecordHeader> headers = new ArrayList<>(item.trace());
    Optional.ofNullable(context.timestamp())
        .map(at -> new RecordHeader(EventTime.HEADER, Optional.of(EventTime.value(at))))
        .ifPresent(headers::add);
    long now = context.currentProcessingTime();
    for (GenerationAnnouncement generation : plan.generations(event)) {
      encode(generation, coders.of(generation, now), event, headers, out);
    }
    retain(plan, event, retained);
    report();
  }

  @Override
  public void processBroadcastElement(
      GenerationAnnouncement announced, Context context, Collector<OutboundRecord> out)
      throws Exception {
    BroadcastState<Long, GenerationAnnouncement> active = context.getBroadcastState(ACTIVE);
    boolean wasActive = active.contains(announced.generation().number());
    long now = context.currentProcessingTime();
    update(announced, active, now);
    if (!announced.state().active() || !wasActive) {
      change(announced, plan(active), context, out);
    } else if (isOwed(announced, now)) {
      codeMarked(context, out);
    }
    report();
  }

  private void update(
      GenerationAnnouncement announced,
      BroadcastState<Long, GenerationAnnouncement> active,
      long nowMillis)
      throws Exception {
    if (announced.state().active()) {
      active.put(announced.generation().number(), announced);
      coders.of(announced, nowMillis);
    } else {
      active.remove(announced.generation().number());
      coders.release(announced.generation());
    }
  }

  /** A generation that is new is coded for; one that is gone frees what only it needed. */
  private void change(
      GenerationAnnouncement announced,
      CodingPlan plan,
      Context context,
      Collector<OutboundRecord> out)
      throws Exception {
    long number = announced.generation().number();
    uncoded.recount(number);
    context.applyToKeyedState(
        RETAINED,
        (key, state) -> {
          ItemEvent event = state.value();
          uncoded.clear(number);
          if (announced.state().active() && plan.needsCoding(event, announced)) {
            uncoded.mark(number);
          }
          retain(plan, event, state);
        });
    if (!announced.state().active()) {
      uncoded.forget(number);
    } else if (coders.of(announced, context.currentProcessingTime()).isPresent()) {
      codeMarked(context, out);
    } else {
      withoutCoder.inc(uncoded.of(number));
    }
  }

  /** Whether there are items to code now, or to count. */
  private boolean isOwed(GenerationAnnouncement announced, long nowMillis) {
    long number = announced.generation().number();
    return !uncoded.isCounted(number)
        || (uncoded.of(number) > 0
            && turns.isDue(nowMillis)
            && coders.of(announced, nowMillis).isPresent());
  }

  /** Codes for a while what is marked, in every active generation whose bundle is open. */
  private void codeMarked(Context context, Collector<OutboundRecord> out) throws Exception {
    List<GenerationAnnouncement> active = plan(context.getBroadcastState(ACTIVE)).active();
    active.forEach(generation -> uncoded.recount(generation.generation().number()));
    CodingTurns.Turn turn = turns.begin(context::currentProcessingTime);
    context.applyToKeyedState(
        RETAINED,
        (key, state) -> {
          for (GenerationAnnouncement generation : active) {
            codeIfMarked(generation, turn, state.value(), out);
          }
        });
    turn.end();
  }

  private void codeIfMarked(
      GenerationAnnouncement generation,
      CodingTurns.Turn turn,
      ItemEvent event,
      Collector<OutboundRecord> out)
      throws Exception {
    long number = generation.generation().number();
    if (!uncoded.isMarked(number)) {
      return;
    }
    uncoded.count(number);
    Optional<ItemCoder> coder = coders.opened(generation.generation());
    if (coder.isPresent() && turn.hasTime()) {
      encode(generation, coder, event, List.of(), out);
    }
  }

  /**
   * @param headers time and trace of the event, when it caused this and no announcement did
   */
  private void encode(
      GenerationAnnouncement generation,
      Optional<ItemCoder> coder,
      ItemEvent event,
      List<RecordHeader> headers,
      Collector<OutboundRecord> out)
      throws Exception {
    long number = generation.generation().number();
    if (coder.isEmpty()) {
      withoutCoder.inc();
      uncoded.mark(number);
      return;
    }
    uncoded.clear(number);
    OutboundRecord record = records.encode(generation.generation(), coder.get(), event);
    if (record.topic().equals(codedItemsTopic)) {
      coded.inc();
      out.collect(record.with(headers));
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

  private void report() {
    status.update(uncoded.total(), coders.unopened());
  }

  @Override
  public void close() {
    if (coders != null) {
      coders.close();
    }
    if (status != null) {
      status.close();
    }
  }
}

package io.sidestream.ingest.trigger;

import static java.util.Objects.requireNonNull;

import io.sidestream.ingest.flow.FlinkMetrics;
import io.sidestream.ingest.flow.JobActivity;
import io.sidestream.ingest.trigger.TrainingTriggerPolicy.Trigger;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps {@link TriggerState}, checks it against {@link TrainingTriggerPolicy} at regular times, and
 * emits a request once a threshold is reached and the events that reached it are counted.
 */
final class TrainingTriggerFunction
    extends KeyedProcessFunction<String, TrainingSignal, TrainingRequest> {
  /*
   * From trigger to request in three steps, each at a check. A threshold is reached: the events so
   * far are noted as a pending request. They are counted: a checkpoint of the counting job covers
   * them, since its consumer group committed their offsets. The commit grace period passed: that
   * checkpoint's transactions are committed, which happens right after the offsets, but in other
   * threads. Then the ends of the topics are listed. Should the trigger vanish on the way, because
   * a user requested a training, all starts over.
   */

  /** Time between two checks. */
  static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

  private final String itemsTopic;
  private final TrainingTriggerPolicy policy;
  private final CorpusListing listing;
  private transient JobActivity activity;
  private transient TriggerState state;
  private transient ValueState<Long> nextCheck;
  private transient ValueState<TrainingRequest> pending;
  private transient ValueState<Long> due;
  private transient Map<TrainingRequest.Reason, Counter> requested;
  private transient long uncodedItems;
  private transient long newEvents;

  TrainingTriggerFunction(String itemsTopic, TrainingTriggerPolicy policy, CorpusListing listing) {
    this.itemsTopic = itemsTopic;
    this.policy = policy;
    this.listing = listing;
  }

  @Override
  public void open(OpenContext context) {
    activity = JobActivity.of(getRuntimeContext());
    state = new TriggerState(itemsTopic, getRuntimeContext());
    nextCheck =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("next-check", LongSerializer.INSTANCE));
    pending =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("pending-request", TrainingRequestSerializer.INSTANCE));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", LongSerializer.INSTANCE));
    MetricGroup metrics = FlinkMetrics.of(getRuntimeContext());
    metrics.gauge("uncoded_items", () -> uncodedItems);
    metrics.gauge("new_events", () -> newEvents);
    requested = new EnumMap<>(TrainingRequest.Reason.class);
    for (TrainingRequest.Reason reason : TrainingRequest.Reason.values()) {
      String label = reason.name().toLowerCase(Locale.ROOT);
      requested.put(reason, FlinkMetrics.counter(metrics, "training_requests", "reason", label));
    }
  }

  @Override
  public void processElement(TrainingSignal signal, Context context, Collector<TrainingRequest> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    signal.accept(new StateUpdate(state, context.getCurrentKey(), now));
    if (nextCheck.value() == null || isTooFar(nextCheck.value(), now)) {
      scheduleCheck(now, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TrainingRequest> out)
      throws Exception {
    if (requireNonNull(nextCheck.value()) != timestamp) {
      return; // of a clock that ran ahead; another check was scheduled in its place
    }
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    TriggerInput input = state.input(now);
    uncodedItems = input.uncoded();
    newEvents = input.newEvents();
    Optional<Trigger> trigger = policy.trigger(input);
    if (trigger.isEmpty()) {
      reset();
    } else if (isDue(request(trigger.get(), context, state.eventEnds(), now), now)) {
      TrainingRequest request = request(trigger.get(), context, listing.list(), now);
      state.add(request, now);
      reset();
      requireNonNull(requested.get(request.reason())).inc();
      activity.add();
      out.collect(request);
    }
    scheduleCheck(now, context);
  }

  /** Takes the next of the three steps; true after the last. */
  private boolean isDue(TrainingRequest now, Instant at) throws Exception {
    if (pending.value() == null) {
      pending.update(now);
    }
    long latest = at.plus(policy.commitGracePeriod()).toEpochMilli();
    boolean isCounted = due.value() != null || listing.counted(pending.value().corpus());
    if (isCounted && (due.value() == null || due.value() > latest)) { // of a clock that ran ahead
      due.update(latest);
    }
    return due.value() != null && due.value() <= at.toEpochMilli();
  }

  private void reset() {
    pending.clear();
    due.clear();
  }

  private TrainingRequest request(
      Trigger trigger, OnTimerContext context, CorpusOffsets corpus, Instant now) {
    return new TrainingRequest(
        context.getCurrentKey(), trigger.reason(), trigger.detail(), corpus, now);
  }

  /** Whether a check was scheduled by a clock that ran ahead. */
  private static boolean isTooFar(long check, Instant now) {
    return check > now.plus(CHECK_INTERVAL).toEpochMilli();
  }

  private void scheduleCheck(Instant now, Context context) throws Exception {
    long next = now.plus(CHECK_INTERVAL).toEpochMilli();
    nextCheck.update(next);
    context.timerService().registerProcessingTimeTimer(next);
  }

  /** Adds each case to the state. */
  private record StateUpdate(TriggerState state, String catalogue, Instant now)
      implements TrainingSignal.Visitor<Exception> {
    @Override
    public void events(EventsSeen seen) throws Exception {
      state.add(seen, now);
    }

    @Override
    public void item(ItemSeen seen) throws Exception {
      state.add(seen);
    }

    @Override
    public void requested(TrainingRequest request) throws Exception {
      if (request.catalogue().equals(catalogue)) {
        state.add(request, now);
      }
    }

    @Override
    public void announced(GenerationAnnouncement announcement) throws Exception {
      state.add(announcement);
    }
  }
}

package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Flink around {@link TrainingTriggerPolicy}: keeps the ledger, looks at it at regular times, and
 * asks when there is a cause and what gave it is counted.
 */
final class TrainingTriggerFunction
    extends KeyedProcessFunction<String, TrainingSignal, TrainingRequest> {
  /*
   * From cause to request in three steps, each at a look. A cause is noticed: the events seen so far are noted. They are
   * counted: the counting job has noted a checkpoint behind them. The settling time passed: that checkpoint's
   * transactions are committed, which happens right after, but in other threads than the noting. Then the ends of the
   * topics are listed. Should the cause vanish on the way, because someone asked by hand, all starts over.
   */

  /** Time between two looks at the ledger. */
  static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private final String itemsTopic;
  private final TrainingTriggerPolicy policy;
  private final CorpusListing listing;
  private transient TriggerState ledger;
  private transient ValueState<Long> nextLook;
  private transient ValueState<TrainingRequest> noticed;
  private transient ValueState<Long> due;

  TrainingTriggerFunction(String itemsTopic, TrainingTriggerPolicy policy, CorpusListing listing) {
    this.itemsTopic = itemsTopic;
    this.policy = policy;
    this.listing = listing;
  }

  @Override
  public void open(OpenContext context) {
    ledger = new TriggerState(itemsTopic, getRuntimeContext());
    nextLook =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("next-look", LongSerializer.INSTANCE));
    noticed =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("noticed", TrainingRequestSerializer.INSTANCE));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(
      TrainingSignal sighting, Context context, Collector<TrainingRequest> out) throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    sighting.read(new Taking(ledger, context.getCurrentKey(), now));
    if (nextLook.value() == null) {
      lookAgain(now, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TrainingRequest> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    Optional<TrainingTriggerPolicy.Cause> cause = policy.cause(ledger.situation(now));
    if (cause.isEmpty()) {
      forget();
    } else if (settled(request(cause.get(), context, ledger.seen(), now), now)) {
      TrainingRequest asked = request(cause.get(), context, listing.list(), now);
      ledger.saw(asked);
      forget();
      out.collect(asked);
    }
    lookAgain(now, context);
  }

  /** Takes the next of the three steps; true after the last. */
  private boolean settled(TrainingRequest now, Instant at) throws Exception {
    if (noticed.value() == null) {
      noticed.update(now);
    }
    if (due.value() == null && listing.counted(noticed.value().corpus())) {
      due.update(at.plus(policy.settle()).toEpochMilli());
    }
    return due.value() != null && due.value() <= at.toEpochMilli();
  }

  private void forget() {
    noticed.clear();
    due.clear();
  }

  private TrainingRequest request(
      TrainingTriggerPolicy.Cause cause,
      OnTimerContext context,
      CorpusOffsets corpus,
      Instant now) {
    return new TrainingRequest(
        context.getCurrentKey(), cause.reason(), cause.detail(), corpus, now);
  }

  private void lookAgain(Instant now, Context context) throws Exception {
    long next = now.plus(LOOK_INTERVAL).toEpochMilli();
    nextLook.update(next);
    context.timerService().registerProcessingTimeTimer(next);
  }

  /** Enters each case into the ledger. */
  private record Taking(TriggerState ledger, String catalogue, Instant now)
      implements TrainingSignal.Reader<Exception> {
    @Override
    public void events(EventsSeen seen) throws Exception {
      ledger.saw(seen, now);
    }

    @Override
    public void item(ItemSeen seen) throws Exception {
      ledger.saw(seen);
    }

    @Override
    public void requested(TrainingRequest request) throws Exception {
      if (request.catalogue().equals(catalogue)) {
        ledger.saw(request);
      }
    }

    @Override
    public void announced(GenerationAnnouncement announcement) throws Exception {
      ledger.saw(announcement);
    }
  }
}

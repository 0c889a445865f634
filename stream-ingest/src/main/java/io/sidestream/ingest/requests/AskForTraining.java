package io.sidestream.ingest.requests;

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
 * Flink around {@link RequestPolicy}: keeps the ledger, looks at it at regular times, and asks once
 * a cause has lasted for the settling time.
 */
final class AskForTraining extends KeyedProcessFunction<String, Sighting, TrainingRequest> {
  /** Time between two looks at the ledger. */
  static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private final String itemsTopic;
  private final RequestPolicy policy;
  private final CorpusListing listing;
  private transient Ledger ledger;
  private transient ValueState<Long> nextLook;
  private transient ValueState<Long> due;

  AskForTraining(String itemsTopic, RequestPolicy policy, CorpusListing listing) {
    this.itemsTopic = itemsTopic;
    this.policy = policy;
    this.listing = listing;
  }

  @Override
  public void open(OpenContext context) {
    ledger = new Ledger(itemsTopic, getRuntimeContext());
    nextLook =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("next-look", LongSerializer.INSTANCE));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", LongSerializer.INSTANCE));
  }

  @Override
  public void processElement(Sighting sighting, Context context, Collector<TrainingRequest> out)
      throws Exception {
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
    Optional<RequestPolicy.Cause> cause = policy.cause(ledger.situation(now));
    if (cause.isEmpty()) {
      due.clear();
    } else if (due.value() == null) {
      due.update(now.plus(policy.settle()).toEpochMilli());
    }
    if (cause.isPresent() && due.value() <= now.toEpochMilli()) {
      out.collect(ask(context.getCurrentKey(), cause.get(), now));
    }
    lookAgain(now, context);
  }

  private TrainingRequest ask(String catalogue, RequestPolicy.Cause cause, Instant now)
      throws Exception {
    TrainingRequest request =
        new TrainingRequest(catalogue, cause.reason(), cause.detail(), listing.list(), now);
    ledger.saw(request);
    due.clear();
    return request;
  }

  private void lookAgain(Instant now, Context context) throws Exception {
    long next = now.plus(LOOK_INTERVAL).toEpochMilli();
    nextLook.update(next);
    context.timerService().registerProcessingTimeTimer(next);
  }

  /** Enters each case into the ledger. */
  private record Taking(Ledger ledger, String catalogue, Instant now)
      implements Sighting.Reader<Exception> {
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

package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class TrainingTriggerFunctionTest {
  private static final String EVENTS = Topics.DEFAULT.interactions().name();
  private static final String ITEMS = Topics.DEFAULT.items().name();
  private static final long GRACE = 2_000;
  private static final long MINIMUM = 10_000;
  private static final long AGE = 60_000;
  private static final long CHECK = TrainingTriggerFunction.CHECK_INTERVAL.toMillis();

  /** What the fake listing answers: the harness and this test run in one thread. */
  private static long listedEnd;

  /** How many events the fake counting job has counted. */
  private static long countedEnd;

  @BeforeEach
  void countEverything() {
    countedEnd = Long.MAX_VALUE;
  }

  @Test
  void onTimer_eventsNotYetCounted_waitsForTheirCounts() throws Exception {
    try (var harness = opened()) {
      countedEnd = 4;
      harness.processElement(events(5), 0);
      pass(harness, 3 * GRACE);
      harness.processElement(events(6), 0);
      countedEnd = 5;
      pass(harness, GRACE);
      assertEquals(List.of(), reasons(harness));

      pass(harness, 2 * CHECK);
      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  @Test
  void onTimer_enoughEvents_requestsAfterTheGracePeriod() throws Exception {
    try (var harness = opened()) {
      listedEnd = 7;
      harness.processElement(events(5), 0);
      pass(harness, GRACE);
      assertEquals(List.of(), harness.extractOutputValues());

      pass(harness, 2 * CHECK);
      TrainingRequest request = harness.extractOutputValues().get(0);
      assertEquals(Reason.NEW_EVENTS, request.reason());
      assertEquals("main", request.catalogue());
      assertEquals(corpus(7), request.corpus());
      pass(harness, AGE / 2);
      assertEquals(1, harness.getOutput().size());
    }
  }

  @Test
  void onTimer_enoughEventsAgainWithinMinimumInterval_waitsForIt() throws Exception {
    try (var harness = opened()) {
      listedEnd = 5;
      harness.processElement(events(5), 0);
      pass(harness, GRACE + 2 * CHECK);
      harness.processElement(events(10), 0);
      pass(harness, MINIMUM - 2 * CHECK);
      assertEquals(1, harness.getOutput().size());

      pass(harness, GRACE + 4 * CHECK);
      assertEquals(2, harness.getOutput().size());
    }
  }

  @Test
  void onTimer_oneEventAndTime_requestsByAge() throws Exception {
    try (var harness = opened()) {
      harness.processElement(events(1), 0);
      pass(harness, AGE + GRACE + 2 * CHECK);

      assertEquals(List.of(Reason.AGE), reasons(harness));
    }
  }

  @Test
  void onTimer_noEvent_neverRequestsByAge() throws Exception {
    try (var harness = opened()) {
      harness.processElement(byHand(corpus(0)), 0);
      pass(harness, 10 * AGE);

      assertEquals(List.of(), reasons(harness));
    }
  }

  @Test
  void processElement_requestByHandInTheGracePeriod_restartsCounters() throws Exception {
    try (var harness = opened()) {
      harness.processElement(events(5), 0);
      pass(harness, GRACE / 2);
      harness.processElement(byHand(corpus(5)), 0);
      pass(harness, AGE / 2);
      assertEquals(List.of(), reasons(harness));

      harness.processElement(events(9), 0);
      pass(harness, GRACE + 2 * CHECK);
      assertEquals(List.of(), reasons(harness));
    }
  }

  /** A request of a clock that ran ahead held back all others until its time. */
  @Test
  void processElement_requestOfTheFuture_countsAsOfNow() throws Exception {
    try (var harness = opened()) {
      harness.processElement(
          new TrainingSignal.Requested(
              new TrainingRequest(
                  "main", Reason.BY_HAND, "asked", corpus(0), Instant.ofEpochMilli(1000L * AGE))),
          0);
      harness.processElement(events(5), 0);
      pass(harness, MINIMUM + GRACE + 3 * CHECK);

      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  @Test
  void processElement_requestOfAnotherCatalogue_isIgnored() throws Exception {
    try (var harness = opened()) {
      harness.processElement(events(5), 0);
      harness.processElement(request("other", corpus(5)), 0);
      pass(harness, GRACE + 2 * CHECK);

      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  @Test
  void onTimer_halfTheCatalogueNewSinceTheCorpus_requestsByUncodedItems() throws Exception {
    try (var harness = opened()) {
      harness.processElement(byHand(corpus(2)), 0);
      harness.processElement(item("a", 0), 0);
      harness.processElement(item("b", 1), 0);
      harness.processElement(item("c", 2), 0);
      pass(harness, MINIMUM + GRACE + 2 * CHECK);
      assertEquals(List.of(), reasons(harness));

      harness.processElement(item("d", 3), 0);
      pass(harness, GRACE + 2 * CHECK);
      assertEquals(List.of(Reason.UNCODED_ITEMS), reasons(harness));
    }
  }

  @Test
  void onTimer_newItemsTakenOutAgain_doesNotRequest() throws Exception {
    try (var harness = opened()) {
      harness.processElement(byHand(corpus(2)), 0);
      harness.processElement(item("a", 0), 0);
      harness.processElement(item("b", 2), 0);
      harness.processElement(new ItemSeen("b", new ItemPosition(0, 3), true), 0);
      pass(harness, MINIMUM + GRACE + 2 * CHECK);

      assertEquals(List.of(), reasons(harness));
    }
  }

  @Test
  void onTimer_newItemsCoveredByALiveGeneration_doesNotRequest() throws Exception {
    try (var harness = opened()) {
      harness.processElement(byHand(corpus(0)), 0);
      harness.processElement(item("a", 0), 0);
      harness.processElement(new TrainingSignal.Announced(live(corpus(1))), 0);
      pass(harness, MINIMUM + GRACE + 2 * CHECK);

      assertEquals(List.of(), reasons(harness));
    }
  }

  @Test
  void restore_inTheGracePeriod_requestsWithoutStartingOver() throws Exception {
    OperatorSubtaskState snapshot;
    long now;
    try (var harness = opened()) {
      harness.processElement(events(5), 0);
      pass(harness, GRACE / 2);
      now = harness.getProcessingTime();
      snapshot = harness.snapshot(1, 0);
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.setProcessingTime(now);
      harness.open();
      pass(harness, GRACE / 2 + 2 * CHECK);

      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  /** No check came before the time of a clock that had run ahead. */
  @Test
  void restore_stateOfAClockThatRanAhead_checksByTheClockOfNow() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.setProcessingTime(1_000_000 + 100 * AGE);
      harness.open();
      harness.processElement(events(1), 0);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = restored(snapshot)) {
      harness.processElement(events(5), 0);
      pass(harness, GRACE + 3 * CHECK);
      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  /** A request that was stored as of the future held back all others until then. */
  @Test
  void restore_requestOfAClockThatRanAhead_countsAsOfNow() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.setProcessingTime(1_000_000 + 100 * AGE);
      harness.open();
      harness.processElement(events(5), 0);
      listedEnd = 5;
      pass(harness, GRACE + 2 * CHECK);
      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
      harness.processElement(events(6), 0); // since when one waits is stored, too
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = restored(snapshot)) {
      harness.processElement(events(10), 0);
      pass(harness, MINIMUM + GRACE + 3 * CHECK);
      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
    try (var harness = restored(snapshot)) {
      harness.processElement(byHand(corpus(6)), 0);
      harness.processElement(events(7), 0);
      pass(harness, AGE + GRACE + 3 * CHECK);
      assertEquals(List.of(Reason.AGE), reasons(harness));
    }
  }

  /** The end of a grace period was stored as of the future. */
  @Test
  void restore_gracePeriodOfAClockThatRanAhead_endsByTheClockOfNow() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.setProcessingTime(1_000_000 + 100 * AGE);
      harness.open();
      harness.processElement(events(5), 0);
      pass(harness, GRACE / 2);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = restored(snapshot)) {
      harness.processElement(events(6), 0);
      pass(harness, GRACE + 3 * CHECK);
      assertEquals(List.of(Reason.NEW_EVENTS), reasons(harness));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrainingSignal, TrainingRequest>
      restored(OperatorSubtaskState snapshot) throws Exception {
    var harness = harness();
    harness.setProcessingTime(1_000_000);
    harness.initializeState(snapshot);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrainingSignal, TrainingRequest>
      opened() throws Exception {
    var harness = harness();
    harness.setProcessingTime(1_000_000);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrainingSignal, TrainingRequest>
      harness() throws Exception {
    TrainingTriggerPolicy policy =
        new TrainingTriggerPolicy(
            5, Duration.ofMillis(AGE), 0.5, Duration.ofMillis(MINIMUM), Duration.ofMillis(GRACE));
    var function = new TrainingTriggerFunction(ITEMS, policy, new FakeListing());
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), (TrainingSignal signal) -> "main", Types.STRING);
    harness.setup(TrainingRequestSerializer.INSTANCE);
    return harness;
  }

  /** Answers what the test has set. */
  private record FakeListing() implements CorpusListing {
    @Override
    public CorpusOffsets list() {
      return corpus(listedEnd);
    }

    @Override
    public boolean counted(CorpusOffsets events) {
      return events.end(EVENTS, 0) <= countedEnd;
    }
  }

  private static void pass(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness, long millis)
      throws Exception {
    long end = harness.getProcessingTime() + millis;
    while (harness.getProcessingTime() < end) {
      harness.setProcessingTime(Math.min(end, harness.getProcessingTime() + CHECK));
    }
  }

  private static List<Reason> reasons(
      KeyedOneInputStreamOperatorTestHarness<String, TrainingSignal, TrainingRequest> harness) {
    return harness.extractOutputValues().stream().map(TrainingRequest::reason).toList();
  }

  /** Five events, the last of which lies before an offset. */
  private static TrainingSignal events(long next) {
    return new EventsSeen(EVENTS, 0, next, Math.min(next, 5));
  }

  private static TrainingSignal item(String id, long offset) {
    return new ItemSeen(id, new ItemPosition(0, offset), false);
  }

  private static TrainingSignal byHand(CorpusOffsets corpus) {
    return request("main", corpus);
  }

  private static TrainingSignal request(String catalogue, CorpusOffsets corpus) {
    return new TrainingSignal.Requested(
        new TrainingRequest(
            catalogue, Reason.BY_HAND, "asked", corpus, Instant.ofEpochMilli(1_000_000)));
  }

  private static GenerationAnnouncement live(CorpusOffsets corpus) {
    return new GenerationAnnouncement(
        new Generation(1),
        GenerationState.LIVE,
        "passed the gate",
        "0".repeat(64),
        Optional.empty(),
        corpus,
        Map.of(),
        Instant.EPOCH);
  }

  private static CorpusOffsets corpus(long end) {
    return new CorpusOffsets(Map.of(EVENTS, Map.of(0, end), ITEMS, Map.of(0, end)));
  }
}

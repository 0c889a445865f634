package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.EventId;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.Transition;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class PairExtractorTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(1));
  private static final CountingRule RULE = new CountingRule(LIMITS, KindWeights.ALIKE, 3);

  @Test
  void prepareSnapshotPreBarrier_interactionAfterAnother_sendsTheirPairOnce() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      harness.processElement(interaction("ann", 1), 7);
      harness.processElement(interaction("ann", 2), 8);
      harness.processElement(interaction("bob", 3), 8);
      harness.processElement(interaction("cid", 2), 9);
      harness.processElement(interaction("cid", 1), 9);
      assertEquals(List.of(), harness.extractOutputValues());
      harness.prepareSnapshotPreBarrier(1);
      harness.prepareSnapshotPreBarrier(2);

      assertEquals(List.of(pair(1, 2, 2)), harness.extractOutputValues());
      List<StreamRecord<RowChange>> transitions =
          new ArrayList<>(harness.getSideOutput(PairExtractor.TRANSITIONS));
      assertEquals(
          List.of(new StreamRecord<>(followed(1, 2), 8L), new StreamRecord<>(followed(2, 1), 8L)),
          transitions);
    }
  }

  /** The last sum that fits makes the extractor send them all. */
  @Test
  void processElement_asManySumsAsAreKept_sendsThem() throws Exception {
    try (var harness = harness(new PairExtractor(RULE, 4, KeptWindows.MAX_ITEMS))) {
      harness.open();
      harness.processElement(interaction("ann", 1), 0);
      harness.processElement(interaction("ann", 2), 0);
      assertEquals(List.of(), harness.extractOutputValues());
      harness.processElement(interaction("ann", 3), 0);

      assertEquals(2, harness.extractOutputValues().size(), "rows of items 1 and 2");
    }
  }

  @Tag("L1")
  @Test
  void processElement_manyInteractionsOfOneUser_keepsStateBounded() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      long sizeWhenFull = 0;
      for (int i = 0; i < 20_000; i++) {
        harness.processElement(interaction("ann", 10_000 + i), 0);
        if (i == 100) {
          harness.prepareSnapshotPreBarrier(i);
          sizeWhenFull = stateBytes(harness);
        }
        if (i % 1_000 == 0) {
          harness.prepareSnapshotPreBarrier(i);
          harness.getOutput().clear();
        }
      }
      harness.prepareSnapshotPreBarrier(20_000);
      assertEquals(1, harness.numKeyedStateEntries());
      assertTrue(stateBytes(harness) <= sizeWhenFull + LIMITS.items(), "bytes of state");
    }
  }

  @Test
  void processElement_erasure_dropsTheUsersStateAndNoOthers() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      harness.processElement(interaction("ann", 1), 0);
      harness.processElement(interaction("bob", 1), 0);
      harness.prepareSnapshotPreBarrier(1);
      harness.processElement(interaction("ann", 2), 0);
      harness.getOutput().clear();
      harness.processElement(new UserEvent(new UserId("ann"), Optional.empty()), 0);

      assertEquals(1, harness.numKeyedStateEntries(), "at once, not with the barrier");
      harness.prepareSnapshotPreBarrier(2);
      assertEquals(1, harness.numKeyedStateEntries(), "what changed of it is not written");
      harness.getOutput().clear();
      harness.processElement(interaction("ann", 3), 0);
      harness.processElement(interaction("bob", 3), 0);
      harness.prepareSnapshotPreBarrier(3);
      assertEquals(List.of(pair(1, 3, 1)), harness.extractOutputValues());
    }
  }

  /** A dislike makes no pair, and the events after it make none with its item. */
  @Test
  void processElement_weights_countAsOftenAndDislikesNotAtAll() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      harness.processElement(interaction("ann", 1), 0);
      harness.processElement(interaction("ann", 2, 3), 0);
      harness.processElement(interaction("ann", 1, -1), 0);
      harness.processElement(interaction("ann", 3), 0);
      harness.processElement(interaction("ann", 4, -5), 0);
      harness.prepareSnapshotPreBarrier(1);

      assertEquals(List.of(pair(1, 2, 3), pair(2, 3, 1)), harness.extractOutputValues());
      assertEquals(
          List.of(
              new RowChange(
                  item(1).value(), CountRow.of(item(2).value(), 3 * Transition.ONE), 0, false),
              new RowChange(
                  item(2).value(),
                  CountRow.of(item(3).value(), Transition.ONE),
                  3 * Transition.ONE,
                  false),
              new RowChange(item(3).value(), CountRow.NONE, Transition.ONE, false)),
          harness.getSideOutput(PairExtractor.TRANSITIONS).stream()
              .map(StreamRecord::getValue)
              .toList());
    }
  }

  /** Row B9 of the table of faults: an event that is sent a thousand times counts once. */
  @Tag("B9")
  @Test
  void processElement_thousandCopiesOfAnEvent_countOnce() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      for (int copy = 0; copy < 1_000; copy++) {
        harness.processElement(named("ann", 1, "first"), 0);
        harness.processElement(named("ann", 2, "second"), 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      assertEquals(List.of(pair(1, 2, 1)), harness.extractOutputValues());
    }
  }

  /** Three are kept: the first of four counts again, and an erased user's at once. */
  @Tag("B9")
  @Test
  void processElement_copiesBeyondWhatIsKept_countAgain() throws Exception {
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      for (int item = 1; item <= 4; item++) {
        harness.processElement(named("ann", item, "event " + item), 0);
      }
      harness.processElement(named("ann", 4, "event 4"), 0);
      harness.processElement(named("bob", 4, "event 4"), 0);
      harness.processElement(named("ann", 1, "event 1"), 0);
      harness.prepareSnapshotPreBarrier(1);
      assertEquals(
          List.of(pair(1, 2, 2), pair(1, 3, 2), pair(1, 4, 2), pair(2, 3, 1), pair(2, 4, 1)),
          pairsOf(harness).subList(0, 5));

      harness.getOutput().clear();
      harness.prepareSnapshotPreBarrier(2);
      harness.processElement(new UserEvent(new UserId("ann"), Optional.empty()), 0);
      assertEquals(2, harness.numKeyedStateEntries(), "window and events of bob");
    }
  }

  /** The changes of single pairs in the rows that were sent. */
  private static List<RowChange> pairsOf(
      KeyedOneInputStreamOperatorTestHarness<String, UserEvent, RowChange> harness) {
    List<RowChange> pairs = new ArrayList<>();
    for (RowChange row : harness.extractOutputValues()) {
      row.counts()
          .forEach(
              (name, length, count) ->
                  pairs.add(
                      RowChange.of(
                          new PairChange(
                              row.row()
                                  + "\t"
                                  + new String(name, 0, length, StandardCharsets.UTF_8),
                              count))));
    }
    return pairs;
  }

  private static UserEvent named(String user, int item, String id) {
    return new UserEvent(
        new UserId(user),
        Optional.of(
            new CountedInteraction(
                new ItemInteraction(item(item), 1_000),
                1,
                Optional.of(EventFingerprint.of(new EventId(id))))));
  }

  @Test
  void restore_fromSnapshot_pairsWithWhatWasSeenBefore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.open();
      harness.processElement(interaction("ann", 1), 0);
      harness.prepareSnapshotPreBarrier(1);
      snapshot = harness.snapshot(1, 0);
    }
    try (var harness = harness(new PairExtractor(RULE))) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(interaction("ann", 2), 0);
      harness.prepareSnapshotPreBarrier(2);

      assertEquals(List.of(pair(1, 2, 1)), harness.extractOutputValues());
    }
  }

  /** Windows in memory are as state has them: as many as fit, one item, or none at all. */
  @Test
  void processElement_windowsThatDoNotFit_areWrittenAndReadAgain() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<UserEvent> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      UserEvent event = interaction("user-" + random.nextInt(7), random.nextInt(40));
      events.add(i % 50 == 49 ? new UserEvent(event.user(), Optional.empty()) : event);
    }
    List<Object> all = results(events, KeptWindows.MAX_ITEMS);
    assertEquals(all, results(events, 1), "each is written at once");
    assertEquals(all, results(events, 12), "some are");
  }

  /** What comes with each of some barriers, a failure after one of them, and a restart. */
  private static List<Object> results(List<UserEvent> events, int maxItems) throws Exception {
    List<Object> results = new ArrayList<>();
    OperatorSubtaskState snapshot = null;
    for (int from = 0; from < events.size(); from += 100) {
      try (var harness = harness(new PairExtractor(RULE, PairExtractor.MAX_SUMS, maxItems))) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        for (int i = from; i < from + 100; i++) {
          harness.processElement(events.get(i), 0);
          if (i % 30 == 0) {
            harness.prepareSnapshotPreBarrier(i);
          }
        }
        harness.prepareSnapshotPreBarrier(events.size());
        results.addAll(harness.extractOutputValues());
        snapshot = harness.snapshot(1, 0);
        harness.processElement(interaction("user-1", 77), 0); // lost with the failure
      }
    }
    return results;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, UserEvent, RowChange> harness(
      PairExtractor extractor) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(extractor, UserEvent::key, Types.STRING);
  }

  private static long stateBytes(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness)
      throws Exception {
    return harness.snapshot(1, 0).getStateSize();
  }

  private static UserEvent interaction(String user, int item) {
    return interaction(user, item, 1);
  }

  private static UserEvent interaction(String user, int item, int weight) {
    ItemInteraction interaction = new ItemInteraction(item(item), 1_000);
    return new UserEvent(
        new UserId(user), Optional.of(new CountedInteraction(interaction, weight)));
  }

  private static RowChange pair(int one, int other, long change) {
    String key = PairKey.of(Pair.ItemItem.of(item(one), item(other)));
    return RowChange.of(new PairChange(key, change));
  }

  /** Of the next item by the next event, and back by another. */
  private static RowChange followed(int from, int to) {
    return new RowChange(
        item(from).value(), CountRow.of(item(to).value(), Transition.ONE), Transition.ONE, false);
  }

  private static ItemId item(int number) {
    return new ItemId("item-" + number);
  }
}

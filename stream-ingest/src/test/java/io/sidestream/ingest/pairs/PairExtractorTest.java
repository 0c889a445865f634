package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class PairExtractorTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(1));

  @Test
  void processElement_interactionAfterAnother_sendsTheirPair() throws Exception {
    try (var harness = harness()) {
      harness.processElement(interaction("ann", 1), 0);
      harness.processElement(interaction("ann", 2), 0);
      harness.processElement(interaction("bob", 3), 0);

      assertEquals(List.of(pair(1, 2)), harness.extractOutputValues());
    }
  }

  @Test
  void processElement_manyInteractionsOfOneUser_keepsStateAndWorkBounded() throws Exception {
    try (var harness = harness()) {
      long sizeWhenFull = 0;
      for (int i = 0; i < 20_000; i++) {
        int before = harness.getOutput().size();
        harness.processElement(interaction("ann", 1_000 + i), 0);

        assertTrue(
            harness.getOutput().size() - before <= LIMITS.items(), "pairs of one interaction");
        if (i == 100) {
          sizeWhenFull = stateBytes(harness);
        }
        if (i % 1_000 == 0) {
          harness.getOutput().clear();
        }
      }
      assertEquals(1, harness.numKeyedStateEntries());
      assertTrue(stateBytes(harness) <= sizeWhenFull + LIMITS.items(), "bytes of state");
    }
  }

  @Test
  void processElement_erasure_dropsTheUsersStateAndNoOthers() throws Exception {
    try (var harness = harness()) {
      harness.processElement(interaction("ann", 1), 0);
      harness.processElement(interaction("bob", 1), 0);
      harness.processElement(new UserEvent(new UserId("ann"), Optional.empty()), 0);

      assertEquals(1, harness.numKeyedStateEntries());
      harness.processElement(interaction("ann", 2), 0);
      harness.processElement(interaction("bob", 3), 0);
      assertEquals(List.of(pair(1, 3)), harness.extractOutputValues());
    }
  }

  @Test
  void restore_fromSnapshot_pairsWithWhatWasSeenBefore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.processElement(interaction("ann", 1), 0);
      snapshot = harness.snapshot(1, 0);
    }
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new PairExtractor(LIMITS)), UserEvent::key, Types.STRING)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(interaction("ann", 2), 0);

      assertEquals(List.of(pair(1, 2)), harness.extractOutputValues());
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, UserEvent, PairChange> harness()
      throws Exception {
    return ProcessFunctionTestHarnesses.forKeyedProcessFunction(
        new PairExtractor(LIMITS), UserEvent::key, Types.STRING);
  }

  private static long stateBytes(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness)
      throws Exception {
    return harness.snapshot(1, 0).getStateSize();
  }

  private static UserEvent interaction(String user, int item) {
    return new UserEvent(new UserId(user), Optional.of(new ItemInteraction(item(item), 1_000)));
  }

  private static PairChange pair(int one, int other) {
    return PairChange.one(PairKey.of(Pair.ItemItem.of(item(one), item(other))));
  }

  private static ItemId item(int number) {
    return new ItemId("item-" + number);
  }
}

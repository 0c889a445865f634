package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class NeighbourCounterTest {
  private static final int LIMIT = 4;
  private static final int MAX_BYTES = 16; // of four changes

  /** Against maps: counts that grow and fall, across checkpoints, restores and other limits. */
  @Test
  void run_randomChanges_equalTheReference() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 17));
    Map<String, Map<ItemId, Long>> counts = new HashMap<>();
    Map<String, Long> incoming = new HashMap<>();
    OperatorSubtaskState state = null;
    for (int round = 0; round < 40; round++) {
      int limit = round < 20 ? LIMIT : LIMIT + 2;
      try (var harness = harness(new NeighbourCounter("transitions", limit))) {
        if (state != null) {
          harness.initializeState(state);
        }
        harness.open();
        Map<String, Boolean> changed = new HashMap<>();
        for (int i = 0; i < 25; i++) {
          String item = "i" + random.nextInt(4);
          String successor = "j" + random.nextInt(12);
          long before =
              counts
                  .computeIfAbsent(item, each -> new HashMap<>())
                  .getOrDefault(new ItemId(successor), 0L);
          long change = random.nextInt(3) == 0 ? -before : 1 + random.nextInt(100);
          counts.get(item).put(new ItemId(successor), before + change);
          incoming.merge(successor, change, Long::sum);
          harness.processElement(followed(item, successor, change), 0);
          harness.processElement(incoming(successor, change), 0);
          changed.put(item, true);
          changed.put(successor, true);
        }
        assertEquals(List.of(), harness.extractOutputValues(), "nothing before the barrier");
        harness.getOperator().prepareSnapshotPreBarrier(round);
        List<KeyedNeighbours> records = harness.extractOutputValues();
        assertEquals(changed.size(), records.size(), "one record of each changed item");
        for (KeyedNeighbours record : records) {
          Map<ItemId, Long> of = counts.getOrDefault(record.key(), Map.of());
          assertEquals(
              new ItemNeighbours(
                  of.values().stream().mapToLong(Long::longValue).sum(),
                  incoming.getOrDefault(record.key(), 0L),
                  ItemNeighbours.best(of, limit)),
              neighbours(record),
              "round " + round + " item " + record.key());
        }
        state = harness.snapshot(round, 0);
      }
    }
  }

  @Test
  void flush_allTakenBack_isATombstoneAndKeepsNoState() throws Exception {
    try (var harness = harness(new NeighbourCounter("transitions", LIMIT))) {
      harness.open();
      harness.processElement(followed("a", "b", -5), 0); // before what it undoes
      harness.getOperator().prepareSnapshotPreBarrier(1);
      KeyedNeighbours below = harness.extractOutputValues().get(0);
      assertEquals(ItemNeighbours.NONE, neighbours(below));
      harness.processElement(followed("a", "b", 5), 0);
      harness.getOperator().prepareSnapshotPreBarrier(2);

      assertTrue(harness.extractOutputValues().get(1).toItemNeighbours("topic").value().isEmpty());
      assertEquals(0, harness.numKeyedStateEntries());
    }
  }

  @Test
  void processElement_asManyBytesAsAreBuffered_emitsThem() throws Exception {
    try (var harness = harness(new NeighbourCounter("transitions", LIMIT, MAX_BYTES))) {
      harness.open();
      harness.processElement(followed("a", "b", 1), 0);
      harness.processElement(followed("a", "b", 1), 0);
      harness.processElement(incoming("b", 2), 0);
      assertEquals(List.of(), harness.extractOutputValues());
      harness.processElement(followed("a", "c", 7), 0);

      List<KeyedNeighbours> records = new ArrayList<>(harness.extractOutputValues());
      assertEquals(Optional.of(0L), records.get(0).eventMillis());
      assertEquals(List.of("a", "b"), records.stream().map(KeyedNeighbours::key).toList());
      assertEquals(
          List.of(new Neighbour(new ItemId("c"), 7), new Neighbour(new ItemId("b"), 2)),
          neighbours(records.get(0)).best());
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, KeyedNeighbours> harness(
      NeighbourCounter counter) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(counter, RowChange::row, Types.STRING);
  }

  private static ItemNeighbours neighbours(KeyedNeighbours record) throws Exception {
    Optional<byte[]> value = record.toItemNeighbours("topic").value();
    return value.isEmpty() ? ItemNeighbours.NONE : Codecs.itemNeighbours().decode(value.get());
  }

  private static RowChange followed(String item, String successor, long change) {
    return RowChange.of(NeighbourChange.followed(item, successor, change));
  }

  private static RowChange incoming(String item, long change) {
    return RowChange.of(NeighbourChange.incoming(item, change));
  }
}

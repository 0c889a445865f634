package io.sidestream.ingest.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.ingest.flow.VersionedSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class PairCounterTest {
  @Test
  void prepareSnapshotPreBarrier_severalChangesOfAPair_emitsItsTotalOnce() throws Exception {
    try (var harness = counter(PairCounter.MAX_BYTES)) {
      harness.open();
      harness.processElement(change("i\ta\tb", 1), 0);
      harness.processElement(change("q\ta\tb c", 1), 0);
      harness.processElement(change("i\ta\tb", 2), 0);
      assertEquals(List.of(), harness.extractOutputValues());
      harness.prepareSnapshotPreBarrier(1);
      harness.prepareSnapshotPreBarrier(2);

      assertEquals(List.of("i\ta\tb=3", "q\ta\tb c=1"), written(harness));
    }
  }

  @Test
  void prepareSnapshotPreBarrier_allTakenBack_isATombstoneAndKeepsNoState() throws Exception {
    try (var harness = counter(PairCounter.MAX_BYTES)) {
      harness.open();
      harness.processElement(change("i\ta\tb", -1), 0); // before what it undoes
      harness.prepareSnapshotPreBarrier(1);
      harness.processElement(change("i\ta\tb", 1), 0);
      harness.prepareSnapshotPreBarrier(2);

      assertEquals(List.of("i\ta\tb=null", "i\ta\tb=null"), written(harness));
      assertEquals(0, harness.numKeyedStateEntries());
    }
  }

  @Test
  void processElement_asManyBytesAsAreBuffered_emitsTotalsAfterTheFirstBarrier() throws Exception {
    try (var harness = counter(1)) {
      harness.open();
      harness.processElement(change("i\ta\tb", 1), 0);
      assertEquals(List.of(), written(harness), "before the first barrier");
      harness.prepareSnapshotPreBarrier(1);
      harness.processElement(change("i\ta\tb", 1), 0);

      assertEquals(List.of("i\ta\tb=1", "i\ta\tb=2"), written(harness));
    }
  }

  @Test
  void restore_totalsByPairOfAnEarlierVersion_areSentOnceAndAddedToUnpublished() throws Exception {
    List<RowChange> sent;
    try (var harness = byPair()) {
      harness.initializeState(formerState("i\ta\tb", 7));
      harness.open();
      harness.processElement(new PairChange("i\ta\tb", -2), 0);
      harness.prepareSnapshotPreBarrier(1);
      harness.prepareSnapshotPreBarrier(2);
      sent = new ArrayList<>(harness.extractOutputValues());
      assertEquals(2, sent.size());
      assertEquals(0, harness.numKeyedStateEntries());
    }
    try (var harness = counter(PairCounter.MAX_BYTES)) {
      harness.open();
      for (RowChange each : sent) {
        harness.processElement(each, 0);
      }
      harness.prepareSnapshotPreBarrier(1);

      assertEquals(List.of("i\ta\tb=5"), written(harness));
    }
  }

  @Test
  void written_byItsSerializers_isReadBack() throws Exception {
    RowChange change = new RowChange("i\té", CountRow.of("b", -7), 3, true);
    RowChunk chunk = new RowChunk(5, change.counts());
    PairTotal total = new PairTotal("i\té\tb".getBytes(UTF_8), -1);
    String layout = "05" + "00000004" + "0001620d";

    assertEquals(change, again(RowChangeSerializer.INSTANCE, change));
    assertEquals(total, again(PairTotalSerializer.INSTANCE, total));
    assertEquals(layout, Layouts.written(RowChunkSerializer.INSTANCE, chunk));
    assertEquals(chunk, Layouts.read(RowChunkSerializer.INSTANCE, 1, layout));
  }

  private static <T> T again(VersionedSerializer<T> serializer, T value) throws Exception {
    return Layouts.read(serializer, 1, Layouts.written(serializer, value));
  }

  /** What the counter of earlier versions kept of a pair. */
  private static OperatorSubtaskState formerState(String key, long total) throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new FormerCounter()), PairChange::key, Types.STRING)) {
      harness.open();
      harness.processElement(new PairChange(key, total), 0);
      return harness.snapshot(1, 0);
    }
  }

  private static final class FormerCounter
      extends KeyedProcessFunction<String, PairChange, RowChange> {
    @Override
    public void processElement(PairChange change, Context context, Collector<RowChange> out)
        throws Exception {
      ValueState<Long> total =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("total", LongSerializer.INSTANCE));
      total.update(change.change());
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, PairTotal> counter(
      int maxBytes) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new PairCounter(maxBytes), RowChange::row, Types.STRING);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, PairChange, RowChange> byPair()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new TotalsByPair(), PairChange::key, Types.STRING);
  }

  private static RowChange change(String key, long change) {
    return RowChange.of(new PairChange(key, change));
  }

  private static List<String> written(
      KeyedOneInputStreamOperatorTestHarness<?, ?, PairTotal> harness) {
    return harness.extractOutputValues().stream()
        .map(
            total ->
                new String(total.key(), UTF_8)
                    + "="
                    + (total.toRecord("topic").value() == null ? "null" : total.total()))
        .toList();
  }
}

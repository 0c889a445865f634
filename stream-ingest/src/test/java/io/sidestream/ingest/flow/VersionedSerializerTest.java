package io.sidestream.ingest.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class VersionedSerializerTest {
  @AfterEach
  void latestVersion() {
    PriceSerializer.latest = 2;
  }

  @Test
  void restore_stateOfAnEarlierVersion_isMigrated() throws Exception {
    OperatorSubtaskState earlier = stateOf(1, "a", new Price(7, "EUR"));

    PriceSerializer.latest = 2;
    try (var harness = restored(earlier)) {
      harness.processElement("a", 0);
      assertEquals(List.of("7 of a default"), harness.extractOutputValues());
    }
  }

  @Test
  void restore_migratedState_isWrittenInTheLatestVersion() throws Exception {
    OperatorSubtaskState earlier = stateOf(1, "a", new Price(7, "EUR"));

    PriceSerializer.latest = 2;
    OperatorSubtaskState migrated;
    try (var harness = restored(earlier)) {
      migrated = harness.snapshot(2, 0);
    }
    try (var harness = restored(migrated)) {
      harness.processElement("a", 0);
      assertEquals(List.of("7 of a default"), harness.extractOutputValues());
    }
  }

  @Test
  void restore_stateOfTheSameVersion_isReadAsItIs() throws Exception {
    OperatorSubtaskState state = stateOf(2, "a", new Price(7, "EUR"));

    try (var harness = restored(state)) {
      harness.processElement("a", 0);
      assertEquals(List.of("7 of EUR"), harness.extractOutputValues());
    }
  }

  @Test
  void restore_stateOfALaterVersion_isRefusedByNameAndVersions() throws Exception {
    OperatorSubtaskState later = stateOf(2, "a", new Price(7, "EUR"));

    PriceSerializer.latest = 1;
    Exception refused = assertThrows(Exception.class, () -> restored(later));

    assertEquals(
        PriceSerializer.class.getName() + ": state has layout version 2, known are 1 to 1",
        rootCause(refused).getMessage());
  }

  @Test
  void restore_serializerThatIsGone_isRefusedByName() {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> VersionedSerializer.restore("no.such.Serializer", 1, loader()));

    assertTrue(refused.getMessage().startsWith("no.such.Serializer: "), refused.getMessage());
  }

  @Test
  void readSnapshot_unknownFormat_throws() {
    assertThrows(
        SuppressRestartsException.class,
        () ->
            new VersionedSnapshot<>()
                .readSnapshot(2, new DataInputDeserializer(new byte[0]), loader()));
  }

  @Test
  void resolveSchemaCompatibility_byVersion_isAsIsOrAfterMigration() throws Exception {
    TypeSerializerSnapshot<Price> latest = new PriceSerializer().snapshotConfiguration();

    assertTrue(latest.resolveSchemaCompatibility(written(2)).isCompatibleAsIs());
    assertTrue(latest.resolveSchemaCompatibility(written(1)).isCompatibleAfterMigration());
  }

  @Test
  void resolveSchemaCompatibility_ofAnotherSerializer_isIncompatible() throws Exception {
    TypeSerializerSnapshot<Price> latest = new PriceSerializer().snapshotConfiguration();
    TypeSerializerSnapshot<Price> other = new OtherSerializer().snapshotConfiguration();

    assertTrue(latest.resolveSchemaCompatibility(other).isIncompatible());
  }

  @Test
  void serialize_restoredFromAnEarlierVersion_throws() throws Exception {
    var restored = written(1).restoreSerializer();

    assertThrows(
        IllegalStateException.class,
        () -> restored.serialize(new Price(1, "EUR"), new DataOutputSerializer(8)));
  }

  @Test
  void snapshotConfiguration_restoredFromAnEarlierVersion_keepsThatVersion() throws Exception {
    VersionedSnapshot<Price> earlier = written(1);

    assertArrayEquals(bytes(earlier), bytes(earlier.restoreSerializer().snapshotConfiguration()));
  }

  /** The snapshot of a version, written and read back. */
  private static VersionedSnapshot<Price> written(int version) throws IOException {
    int before = PriceSerializer.latest;
    PriceSerializer.latest = version;
    byte[] written = bytes(new PriceSerializer().snapshotConfiguration());
    PriceSerializer.latest = before;
    VersionedSnapshot<Price> snapshot = new VersionedSnapshot<>();
    snapshot.readSnapshot(1, new DataInputDeserializer(written), loader());
    return snapshot;
  }

  private static byte[] bytes(TypeSerializerSnapshot<?> snapshot) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    snapshot.writeSnapshot(out);
    return out.getCopyOfBuffer();
  }

  private static ClassLoader loader() {
    return VersionedSerializerTest.class.getClassLoader();
  }

  private static Throwable rootCause(Throwable thrown) {
    return thrown.getCause() == null ? thrown : rootCause(thrown.getCause());
  }

  /** A checkpoint that a process with this as the latest version writes. */
  private static OperatorSubtaskState stateOf(int version, String key, Price price)
      throws Exception {
    PriceSerializer.latest = version;
    try (var harness = harness(price)) {
      harness.open();
      harness.processElement(key, 0);
      return harness.snapshot(1, 0);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> restored(
      OperatorSubtaskState state) throws Exception {
    var harness = harness(new Price(0, "none"));
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(
      Price initial) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new KeepPrice(initial.amount, initial.currency)),
        key -> key,
        Types.STRING);
  }

  private record Price(long amount, String currency) {}

  /** Sets each key's price once, and emits the one that is set. */
  private static final class KeepPrice extends KeyedProcessFunction<String, String, String> {
    private final long amount;
    private final String currency;
    private transient ValueState<Price> price;

    KeepPrice(long amount, String currency) {
      this.amount = amount;
      this.currency = currency;
    }

    @Override
    public void open(OpenContext context) {
      price =
          getRuntimeContext().getState(new ValueStateDescriptor<>("price", new PriceSerializer()));
    }

    @Override
    public void processElement(String key, Context context, Collector<String> out)
        throws Exception {
      if (price.value() == null) {
        price.update(new Price(amount, currency));
      }
      out.collect(price.value().amount() + " of " + price.value().currency());
    }
  }

  /** Version 1 wrote the amount as an int, and no currency. */
  private static final class PriceSerializer extends VersionedSerializer<Price> {
    /** Which version of the code runs: its latest layout. */
    private static int latest = 2;

    private final int version;

    PriceSerializer() {
      super(latest);
      version = latest;
    }

    @Override
    protected void write(Price price, DataOutputView out) throws IOException {
      if (version == 1) {
        out.writeInt((int) price.amount());
      } else {
        out.writeLong(price.amount());
        writeText(price.currency(), out);
      }
    }

    @Override
    protected Price read(DataInputView in) throws IOException {
      return version == 1 ? read(1, in) : new Price(in.readLong(), readText(in));
    }

    @Override
    protected Price read(int earlier, DataInputView in) throws IOException {
      return new Price(in.readInt(), "a default");
    }
  }

  private static final class OtherSerializer extends VersionedSerializer<Price> {
    @Override
    protected void write(Price price, DataOutputView out) {}

    @Override
    protected Price read(DataInputView in) {
      return new Price(0, "");
    }
  }
}

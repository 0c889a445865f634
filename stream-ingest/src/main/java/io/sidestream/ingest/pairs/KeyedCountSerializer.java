package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link KeyedCount}: key, total. */
public final class KeyedCountSerializer extends ValueSerializer<KeyedCount> {
  static final KeyedCountSerializer INSTANCE = new KeyedCountSerializer();

  @Override
  public void serialize(KeyedCount count, DataOutputView out) throws IOException {
    writeText(count.key(), out);
    out.writeLong(count.total());
  }

  @Override
  public KeyedCount deserialize(DataInputView in) throws IOException {
    return new KeyedCount(readText(in), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<KeyedCount> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyedCount> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link KeyTotal}: key, total. */
public final class KeyTotalSerializer extends ValueSerializer<KeyTotal> {
  static final KeyTotalSerializer INSTANCE = new KeyTotalSerializer();

  @Override
  public void serialize(KeyTotal count, DataOutputView out) throws IOException {
    writeText(count.key(), out);
    out.writeLong(count.total());
  }

  @Override
  public KeyTotal deserialize(DataInputView in) throws IOException {
    return new KeyTotal(readText(in), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<KeyTotal> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyTotal> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

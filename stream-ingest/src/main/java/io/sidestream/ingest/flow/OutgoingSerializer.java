package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link Outgoing}: topic, key, value, headers. */
public final class OutgoingSerializer extends ValueSerializer<Outgoing> {
  static final OutgoingSerializer INSTANCE = new OutgoingSerializer();

  @Override
  public void serialize(Outgoing record, DataOutputView out) throws IOException {
    writeText(record.topic(), out);
    RecordParts.writeOptional(record.key(), out);
    RecordParts.writeOptional(record.value(), out);
    RecordParts.writeFields(record.headers(), out);
  }

  @Override
  public Outgoing deserialize(DataInputView in) throws IOException {
    return new Outgoing(
        readText(in),
        RecordParts.readOptional(in),
        RecordParts.readOptional(in),
        RecordParts.readFields(in));
  }

  @Override
  public TypeSerializerSnapshot<Outgoing> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Outgoing> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link InboundRecord}: topic, partition, offset, key, value, headers. */
public final class InboundRecordSerializer extends ValueSerializer<InboundRecord> {
  static final InboundRecordSerializer INSTANCE = new InboundRecordSerializer();

  @Override
  public void serialize(InboundRecord arrival, DataOutputView out) throws IOException {
    writeText(arrival.topic(), out);
    out.writeInt(arrival.partition());
    out.writeLong(arrival.offset());
    RecordParts.writeOptional(arrival.key(), out);
    RecordParts.writeOptional(arrival.value(), out);
    RecordParts.writeFields(arrival.headers(), out);
  }

  @Override
  public InboundRecord deserialize(DataInputView in) throws IOException {
    return new InboundRecord(
        readText(in),
        in.readInt(),
        in.readLong(),
        RecordParts.readOptional(in),
        RecordParts.readOptional(in),
        RecordParts.readFields(in));
  }

  @Override
  public TypeSerializerSnapshot<InboundRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<InboundRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

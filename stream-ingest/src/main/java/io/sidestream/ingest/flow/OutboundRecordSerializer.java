package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link OutboundRecord}: topic, key, value, headers. */
public final class OutboundRecordSerializer extends ValueSerializer<OutboundRecord> {
  static final OutboundRecordSerializer INSTANCE = new OutboundRecordSerializer();

  @Override
  public void serialize(OutboundRecord record, DataOutputView out) throws IOException {
    writeText(record.topic(), out);
    RecordParts.writeOptional(record.key(), out);
    RecordParts.writeOptional(record.value(), out);
    RecordParts.writeFields(record.headers(), out);
  }

  @Override
  public OutboundRecord deserialize(DataInputView in) throws IOException {
    return new OutboundRecord(
        readText(in),
        RecordParts.readOptional(in),
        RecordParts.readOptional(in),
        RecordParts.readFields(in));
  }

  @Override
  public TypeSerializerSnapshot<OutboundRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutboundRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link Arrival}: topic, partition, offset, key, value, headers. */
public final class ArrivalSerializer extends ValueSerializer<Arrival> {
  static final ArrivalSerializer INSTANCE = new ArrivalSerializer();

  @Override
  public void serialize(Arrival arrival, DataOutputView out) throws IOException {
    writeText(arrival.topic(), out);
    out.writeInt(arrival.partition());
    out.writeLong(arrival.offset());
    RecordParts.writeOptional(arrival.key(), out);
    RecordParts.writeOptional(arrival.value(), out);
    RecordParts.writeFields(arrival.headers(), out);
  }

  @Override
  public Arrival deserialize(DataInputView in) throws IOException {
    return new Arrival(
        readText(in),
        in.readInt(),
        in.readLong(),
        RecordParts.readOptional(in),
        RecordParts.readOptional(in),
        RecordParts.readFields(in));
  }

  @Override
  public TypeSerializerSnapshot<Arrival> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Arrival> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

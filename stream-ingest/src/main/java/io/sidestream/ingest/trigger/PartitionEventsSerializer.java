package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link PartitionEvents}: topic, partition, next offset, fresh records. */
public final class PartitionEventsSerializer extends ValueSerializer<PartitionEvents> {
  static final PartitionEventsSerializer INSTANCE = new PartitionEventsSerializer();

  @Override
  public void serialize(PartitionEvents events, DataOutputView out) throws IOException {
    writeText(events.topic(), out);
    out.writeInt(events.partition());
    out.writeLong(events.next());
    out.writeLong(events.fresh());
  }

  @Override
  public PartitionEvents deserialize(DataInputView in) throws IOException {
    return new PartitionEvents(readText(in), in.readInt(), in.readLong(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<PartitionEvents> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartitionEvents> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

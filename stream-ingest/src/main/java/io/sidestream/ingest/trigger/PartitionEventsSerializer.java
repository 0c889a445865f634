package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link PartitionEvents}: topic, partition, next offset, uncovered records. */
final class PartitionEventsSerializer extends VersionedSerializer<PartitionEvents> {
  static final PartitionEventsSerializer INSTANCE = new PartitionEventsSerializer();

  @Override
  protected void write(PartitionEvents events, DataOutputView out) throws IOException {
    writeText(events.topic(), out);
    out.writeInt(events.partition());
    out.writeLong(events.next());
    out.writeLong(events.uncovered());
  }

  @Override
  protected PartitionEvents read(DataInputView in) throws IOException {
    return new PartitionEvents(readText(in), in.readInt(), in.readLong(), in.readLong());
  }
}

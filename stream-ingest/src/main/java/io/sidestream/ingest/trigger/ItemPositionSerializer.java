package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link ItemPosition}: partition, offset. */
final class ItemPositionSerializer extends VersionedSerializer<ItemPosition> {
  static final ItemPositionSerializer INSTANCE = new ItemPositionSerializer();

  @Override
  protected void write(ItemPosition position, DataOutputView out) throws IOException {
    out.writeInt(position.partition());
    out.writeLong(position.offset());
  }

  @Override
  protected ItemPosition read(DataInputView in) throws IOException {
    return new ItemPosition(in.readInt(), in.readLong());
  }
}

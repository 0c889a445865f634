package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link ItemEvent}: id, partition, offset, whether it has a value, value. */
final class ItemEventSerializer extends VersionedSerializer<ItemEvent> {
  static final ItemEventSerializer INSTANCE = new ItemEventSerializer();

  @Override
  protected void write(ItemEvent event, DataOutputView out) throws IOException {
    writeText(event.item().value(), out);
    out.writeInt(event.partition());
    out.writeLong(event.offset());
    writeOptional(event.value(), out);
  }

  @Override
  protected ItemEvent read(DataInputView in) throws IOException {
    return new ItemEvent(new ItemId(readText(in)), in.readInt(), in.readLong(), readOptional(in));
  }
}

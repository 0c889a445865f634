package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link TracedItem} between operators: event, trace. */
final class TracedItemSerializer extends VersionedSerializer<TracedItem> {
  static final TracedItemSerializer INSTANCE = new TracedItemSerializer();

  @Override
  protected void write(TracedItem item, DataOutputView out) throws IOException {
    ItemEventSerializer.INSTANCE.serialize(item.event(), out);
    RecordHeader.write(item.trace(), out);
  }

  @Override
  protected TracedItem read(DataInputView in) throws IOException {
    return new TracedItem(ItemEventSerializer.INSTANCE.deserialize(in), RecordHeader.read(in));
  }
}

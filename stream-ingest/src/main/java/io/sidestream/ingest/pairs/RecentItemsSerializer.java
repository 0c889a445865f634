package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link RecentItems}: their number, then item and milliseconds of each, oldest first.
 */
final class RecentItemsSerializer extends VersionedSerializer<RecentItems> {
  static final RecentItemsSerializer INSTANCE = new RecentItemsSerializer();

  @Override
  protected void write(RecentItems recent, DataOutputView out) throws IOException {
    out.writeShort(recent.interactions().size());
    for (ItemInteraction interaction : recent.interactions()) {
      writeText(interaction.item().value(), out);
      out.writeLong(interaction.atMillis());
    }
  }

  @Override
  protected RecentItems read(DataInputView in) throws IOException {
    int size = in.readUnsignedShort();
    List<ItemInteraction> interactions = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      interactions.add(new ItemInteraction(new ItemId(readText(in)), in.readLong()));
    }
    return new RecentItems(interactions);
  }
}

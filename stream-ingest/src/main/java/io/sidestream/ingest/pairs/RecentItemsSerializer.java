package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link RecentItems}: how many, then item and milliseconds of each, oldest first. */
public final class RecentItemsSerializer extends ValueSerializer<RecentItems> {
  static final RecentItemsSerializer INSTANCE = new RecentItemsSerializer();

  @Override
  public void serialize(RecentItems recent, DataOutputView out) throws IOException {
    out.writeShort(recent.interactions().size());
    for (ItemInteraction visit : recent.interactions()) {
      writeText(visit.item().value(), out);
      out.writeLong(visit.atMillis());
    }
  }

  @Override
  public RecentItems deserialize(DataInputView in) throws IOException {
    int size = in.readUnsignedShort();
    List<ItemInteraction> visits = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      visits.add(new ItemInteraction(new ItemId(readText(in)), in.readLong()));
    }
    return new RecentItems(visits);
  }

  @Override
  public TypeSerializerSnapshot<RecentItems> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RecentItems> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link ItemPlace}: partition, offset. */
public final class ItemPlaceSerializer extends ValueSerializer<ItemPlace> {
  static final ItemPlaceSerializer INSTANCE = new ItemPlaceSerializer();

  @Override
  public void serialize(ItemPlace place, DataOutputView out) throws IOException {
    out.writeInt(place.partition());
    out.writeLong(place.offset());
  }

  @Override
  public ItemPlace deserialize(DataInputView in) throws IOException {
    return new ItemPlace(in.readInt(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ItemPlace> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemPlace> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}

package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.ValueSerializer;
import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link ItemEvent}: id, partition, offset, whether it has a value, value. */
public final class ItemEventSerializer extends ValueSerializer<ItemEvent> {
  static final ItemEventSerializer INSTANCE = new ItemEventSerializer();

  @Override
  public void serialize(ItemEvent event, DataOutputView out) throws IOException {
    writeText(event.item().value(), out);
    out.writeInt(event.partition());
    out.writeLong(event.offset());
    out.writeBoolean(event.value().isPresent());
    if (event.value().isPresent()) {
      writeBytes(event.value().get(), out);
    }
  }

  @Override
  public ItemEvent deserialize(DataInputView in) throws IOException {
    ItemId item = new ItemId(readText(in));
    int partition = in.readInt();
    long offset = in.readLong();
    Optional<byte[]> value = in.readBoolean() ? Optional.of(readBytes(in)) : Optional.empty();
    return new ItemEvent(item, partition, offset, value);
  }

  @Override
  public TypeSerializerSnapshot<ItemEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
